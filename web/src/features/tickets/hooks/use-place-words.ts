import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { refusalWords as toldWords } from '@/ui/feedback/problem-words';
import type { Move, Place } from '../board';
import { valueIn } from '../groups';
import type { GroupField } from '../schemas';
import { useFieldWords } from './use-field-words';

/** Names of the places of a board, and why a ticket does not go to one. */
export function usePlaceWords(field: GroupField) {
  const { t } = useTranslation('tickets');
  const { valueWord } = useFieldWords();
  const placeWord = useCallback(
    ({ value, name }: Place) => {
      if (value === null) return field === 'team' ? t('group.noTeam') : t('group.nobody');
      return valueWord(field, name ?? value);
    },
    [t, field, valueWord],
  );
  const refusalWords = useCallback(
    (row: Pick<TicketRowView, 'status' | 'priority' | 'assignee' | 'team'>, place: Place, move: Move) => {
      if (move.kind !== 'refused') return null;
      const told = toldWords(move.told ?? undefined);
      if (told) return told;
      if (place.value === null) return t(field === 'team' ? 'board.notToNoTeam' : 'board.notToNobody');
      return t('board.noStep', { from: placeWord({ value: valueIn(field, row) }), to: placeWord(place) });
    },
    [t, field, placeWord],
  );
  return { placeWord, refusalWords };
}
