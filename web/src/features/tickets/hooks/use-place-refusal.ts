import { use } from 'react';
import { moveOf, type Place } from '../board';
import { BoardContext } from '../components/board/board-context';
import { usePlaceWords } from './use-place-words';

export type DropState = 'idle' | 'asking' | 'here' | 'open' | 'refused';

/** Whether the card that is dragged may go to a place, and why not. */
export function usePlaceRefusal(place: Place): { state: DropState; refusal: string | null } {
  const { field, drag } = use(BoardContext);
  const { refusalWords } = usePlaceWords(field);
  if (!drag) return { state: 'idle', refusal: null };
  if (!drag.ticket) return { state: 'asking', refusal: null };
  const move = moveOf(field, drag.ticket, place);
  if (move.kind === 'none') return { state: 'here', refusal: null };
  const refusal = refusalWords(drag.ticket, place, move);
  return { state: refusal ? 'refused' : 'open', refusal };
}
