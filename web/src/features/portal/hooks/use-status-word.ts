import { useTranslation } from 'react-i18next';

const STATUSES = ['new', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled'] as const;

/** A status in the words of someone who is not in IT. */
export function useStatusWord() {
  const { t } = useTranslation('portal');
  return (status: string | null | undefined) => {
    const known = STATUSES.find((each) => each === status);
    return known ? t(`state.${known}`) : (status ?? '');
  };
}
