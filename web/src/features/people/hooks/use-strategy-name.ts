import { useTranslation } from 'react-i18next';

export const STRATEGIES = ['round_robin', 'least_loaded', 'skill_based', 'priority_based', 'hybrid'] as const;

/** How a team's members get tickets, in words. */
export function useStrategyName() {
  const { t } = useTranslation('people');
  return (strategy: string | null | undefined) => {
    const known = STRATEGIES.find((each) => each === strategy);
    return known ? t(`strategy.${known}`) : t('strategy.none');
  };
}
