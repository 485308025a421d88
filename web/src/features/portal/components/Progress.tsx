import { useTranslation } from 'react-i18next';
import { progressStep } from '@/features/tickets/public';
import classes from './progress.module.css';

const STEPS = ['new', 'assigned', 'in_progress', 'resolved', 'closed'] as const;

/** How far a request is, as five steps in plain words. */
export function Progress({ status }: { status: string }) {
  const { t } = useTranslation('portal');
  if (status === 'cancelled') return null;
  const now = progressStep(status);
  return (
    <ol className={classes.steps} aria-label={t('request.progress')}>
      {STEPS.map((step, index) => (
        <li key={step} data-done={index <= now || undefined} aria-current={index === now ? 'step' : undefined}>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
