import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SlaChip } from '@/api';
import { durationWords } from '@/lib/duration';
import { exactTime } from '@/lib/time';
import { IconAlert, IconCheck, IconHold, IconTimer, type LucideIcon } from '@/ui/icons';
import { useFormats } from '@/ui/time/formats';
import { useNow } from '@/ui/time/use-now';
import { type SlaLook, secondsLeft, slaLook } from '../../sla';

const LOOKS: Record<SlaLook, { icon: LucideIcon; color: string }> = {
  running: { icon: IconTimer, color: 'gray' },
  near: { icon: IconTimer, color: 'orange' },
  breached: { icon: IconAlert, color: 'red' },
  paused: { icon: IconHold, color: 'blue' },
  met: { icon: IconCheck, color: 'teal' },
  met_late: { icon: IconCheck, color: 'red' },
  stopped: { icon: IconHold, color: 'gray' },
};

interface SlaMarkProps {
  chip: SlaChip;
  /** With what it measures in front. */
  isLong?: boolean;
}

/** A clock in words, with its shape; all of it on hover and for screen readers. */
export function SlaMark({ chip, isLong }: SlaMarkProps) {
  const { t } = useTranslation('tickets');
  const { locale, timeZone } = useFormats();
  const now = useNow();
  const look = slaLook(chip, now);
  const left = secondsLeft(chip, now);
  const length = durationWords(Math.abs(left), locale);
  const { icon: Icon, color } = LOOKS[look];
  const hasTime = (look === 'running' || look === 'near' || look === 'breached') && Boolean(chip.due_at);
  const words = hasTime ? t(`sla.${look}In`, { length }) : t(`sla.${look}`);
  const metric = t(`sla.metric.${chip.metric}`);
  const full = [
    `${t(`sla.agreement.${chip.agreement}`)}, ${metric}: ${words}`,
    t('sla.target', { length: durationWords(chip.target_minutes * 60, locale, 'long') }),
    chip.due_at && t('sla.due', { at: exactTime(chip.due_at, locale, timeZone) }),
    chip.breached_at && t('sla.breachedAt', { at: exactTime(chip.breached_at, locale, timeZone) }),
    chip.met_at && t('sla.metAt', { at: exactTime(chip.met_at, locale, timeZone) }),
  ]
    .filter(Boolean)
    .join('. ');
  return (
    <Tooltip label={full} multiline maw={320}>
      <Badge color={color} leftSection={<Icon aria-hidden size={12} />} role="img" aria-label={full} data-sla={look}>
        {isLong ? `${metric}: ${words}` : words}
      </Badge>
    </Tooltip>
  );
}
