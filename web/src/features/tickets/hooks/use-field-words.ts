import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
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
      // Fields of the organization's own are told by their label.
      const isOwn = !FIELDS.some((name) => name === field);
      if ((field === 'is_major' || isOwn) && (value === 'true' || value === 'false')) {
        return t(value === 'true' ? 'common:form.yes' : 'common:form.no');
      }
      return value;
    },
    [t],
  );
  return { fieldName, valueWord };
}
