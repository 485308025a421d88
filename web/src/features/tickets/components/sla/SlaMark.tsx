import { Badge } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SlaChip } from '@/api';
import { durationWords, roughWords, wallWords } from '@/lib/duration-words';
import { exactTime } from '@/lib/time';
import { IconAlert, IconCheck, IconHold, IconTimer, type LucideIcon } from '@/ui/icons';
import { useFormats } from '@/ui/time/formats';
import { useNow } from '@/ui/time/use-now';
import { counts, type SlaLook, secondsLate, secondsLeft, slaLook } from '../../sla';
import classes from './sla-mark.module.css';

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
  /** Draws what it says in full around it. In a list, which may do without the code of a tooltip, it is the title. */
  withTip?: (mark: ReactElement, full: string) => ReactElement;
}

/**
 * What a clock says: the business time that is left, and whether it passes. A list has room for the number that
 * matters; that a clock does not count now is told by its shape, and all of it on hover.
 */
function useWords(chip: SlaChip, look: SlaLook, now: number): { words: string; short?: string } {
  const { t } = useTranslation('tickets');
  const { locale } = useFormats();
  if (look === 'breached') {
    if (chip.state === 'paused') return { words: t('sla.breached') };
    const late = secondsLate(chip, now);
    return {
      words: t('sla.breachedIn', { length: wallWords(late, locale) }),
      short: t('sla.breachedIn', { length: roughWords(late, locale) }),
    };
  }
  const left = secondsLeft(chip, now);
  if (left === null) return { words: t(`sla.${look}`) };
  const length = durationWords(left, locale);
  const short = t('sla.leftIn', { length });
  if (look === 'paused') return { words: t('sla.pausedIn', { length }), short };
  if (look !== 'running' && look !== 'near') return { words: t(`sla.${look}`) };
  if (counts(chip, now)) return { words: t(`sla.${look}In`, { length }) };
  return { words: t('sla.closedIn', { length }), short };
}

/** A clock in words, with its shape; all of it on hover and for screen readers. */
export function SlaMark({ chip, isLong, withTip }: SlaMarkProps) {
  const { t } = useTranslation('tickets');
  const { locale, timeZone } = useFormats();
  const now = useNow();
  const look = slaLook(chip, now);
  const isWaiting = (look === 'running' || look === 'near') && !counts(chip, now);
  const { icon, color } = LOOKS[look];
  const Icon = isWaiting ? IconHold : icon;
  const { words, short } = useWords(chip, look, now);
  const metric = t(`sla.metric.${chip.metric}`);
  const full = [
    `${t(`sla.agreement.${chip.agreement}`)}, ${metric}: ${words}`,
    t('sla.target', { length: durationWords(chip.target_minutes * 60, locale, 'long') }),
    isWaiting && chip.changes_at && t('sla.opens', { at: exactTime(chip.changes_at, locale, timeZone) }),
    chip.due_at && t('sla.due', { at: exactTime(chip.due_at, locale, timeZone) }),
    chip.breached_at && t('sla.breachedAt', { at: exactTime(chip.breached_at, locale, timeZone) }),
    chip.met_at && t('sla.metAt', { at: exactTime(chip.met_at, locale, timeZone) }),
  ]
    .filter(Boolean)
    .join('. ');
  const mark = (
    <Badge
      className={isLong ? classes.long : undefined}
      color={color}
      leftSection={<Icon aria-hidden size={12} />}
      role="img"
      // Beside the title it is reached by the keyboard; in a list the row's own keys would get lost among them.
      tabIndex={isLong ? 0 : undefined}
      aria-label={full}
      title={withTip ? undefined : full}
      data-sla={look}
    >
      {isLong ? `${metric}: ${words}` : (short ?? words)}
    </Badge>
  );
  return withTip ? withTip(mark, full) : mark;
}
