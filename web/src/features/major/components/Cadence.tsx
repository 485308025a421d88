import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clockText, countdown } from '@/lib/countdown';
import { exactTime } from '@/lib/time';
import { IconAlert, IconTimer } from '@/ui/icons';
import { useSecond } from '@/ui/time/use-second';

/** How long until the organization must hear again: word, shape and clock. */
export function Cadence({ dueAt }: { dueAt: string }) {
  const { t, i18n } = useTranslation('major');
  const now = useSecond();
  const left = countdown(dueAt, now);
  const Icon = left.isOver ? IconAlert : IconTimer;
  const key = left.isOver ? 'cadence.overdue' : 'cadence.due';
  return (
    <Badge
      size="lg"
      color={left.isOver ? 'red' : 'teal'}
      leftSection={<Icon aria-hidden size={14} />}
      title={t('cadence.exact', { at: exactTime(dueAt, i18n.language) })}
      role="timer"
      aria-label={t(key, { clock: clockText(left) })}
      styles={{ label: { fontVariantNumeric: 'tabular-nums' } }}
    >
      {t(key, { clock: clockText(left) })}
    </Badge>
  );
}
