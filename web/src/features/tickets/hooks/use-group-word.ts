import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketGroup } from '@/api';
import type { GroupField } from '../schemas';
import { useFieldWords } from './use-field-words';

/** What stands over the rows of a group: what they have in common, and how many they are. */
export function useGroupWord(field: GroupField | undefined) {
  const { t } = useTranslation('tickets');
  const { valueWord } = useFieldWords();
  return useCallback(
    ({ value, name, count }: TicketGroup, isCapped: boolean) => {
      const empty = field === 'team' ? t('group.noTeam') : t('group.nobody');
      const word = value ? valueWord(field, name ?? value) : empty;
      return t(isCapped ? 'group.headingCapped' : 'group.heading', { word, count });
    },
    [t, field, valueWord],
  );
}
