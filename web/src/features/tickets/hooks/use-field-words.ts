import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomaticReason } from '@/api';
import { durationWords } from '@/lib/duration-words';
import { isLevel, isPriority, isResolutionCode, isSource, isStatus } from '../model';

const FIELDS = [
  'title',
  'description',
  'status',
  'priority',
  'impact',
  'urgency',
  'requester',
  'requested_for',
  'assignee',
  'team',
  'category',
  'subcategory',
  'tags',
  'resolution_code',
  'resolution_note',
  'hold_reason',
  'parent',
  'watcher',
  'link',
  'merged_into',
  'comment_edited',
  'escalation_level',
  'priority_reason',
  'is_major',
  'merged_from',
  'split_into',
  'commander',
  'cadence_minutes',
  'headline',
  'stakeholder_update',
  'review',
  'stand_down_reason',
  'escalation_reason',
  'sla_breached',
  'sla_note',
] as const;

const AUTOMATIC = [
  'used_up',
  'percent_used',
  'minutes_left',
  'no_response',
  'critical_unresolved',
  'no_update',
] as const;
const AGREEMENTS = ['sla', 'ola', 'uc'] as const;
const METRICS = ['response', 'resolution', 'next_update'] as const;

type Words = TFunction<'tickets'>;

function agreementWord(t: Words, agreement: string | null | undefined): string {
  const known = AGREEMENTS.find((word) => word === agreement);
  return known ? t(`sla.agreement.${known}`) : (agreement ?? '');
}

function metricWord(t: Words, metric: string | null | undefined): string {
  const known = METRICS.find((word) => word === metric);
  return known ? t(`sla.metric.${known}`) : (metric ?? '');
}

/** Names of fields and words for their values, as the timeline tells them. */
export function useFieldWords() {
  const { t, i18n } = useTranslation(['tickets', 'common']);
  // German writes nouns with a capital wherever they stand.
  const isLower = !i18n.language.startsWith('de');
  const fieldName = useCallback(
    (field: string | null | undefined) => {
      const known = FIELDS.find((name) => name === field);
      if (!known) return field ?? '';
      const name = t(`field.${known}`);
      return isLower ? name.toLocaleLowerCase() : name;
    },
    [t, isLower],
  );
  const valueWord = useCallback(
    (field: string | null | undefined, value: string) => {
      if (field === 'status' && isStatus(value)) return t(`status.${value}`);
      if (field === 'priority' && isPriority(value)) return t(`priority.${value}`);
      if ((field === 'impact' || field === 'urgency') && isLevel(value)) return t(`level.${value}`);
      if (field === 'resolution_code' && isResolutionCode(value)) return t(`resolution.${value}`);
      if (field === 'source' && isSource(value)) return t(`source.${value}`);
      if (field === 'sla_breached') {
        const [agreement, metric] = value.split(' ');
        return t('automatic.of', { metric: metricWord(t, metric), agreement: agreementWord(t, agreement) });
      }
      // Fields of the organization's own are told by their label.
      const isOwn = !FIELDS.some((name) => name === field);
      if ((field === 'is_major' || isOwn) && (value === 'true' || value === 'false')) {
        return t(value === 'true' ? 'common:form.yes' : 'common:form.no');
      }
      return value;
    },
    [t],
  );
  /** A reason of Steward's own, in the reader's language. */
  const reasonWord = useCallback(
    ({ code, agreement, metric, percent, minutes }: AutomaticReason) => {
      const known = AUTOMATIC.find((word) => word === code);
      if (!known) return null;
      return t(`automatic.${known}`, {
        metric: metricWord(t, metric),
        agreement: agreementWord(t, agreement),
        percent,
        length: durationWords((minutes ?? 0) * 60, i18n.language, 'long'),
      });
    },
    [t, i18n.language],
  );
  return { fieldName, valueWord, reasonWord };
}
