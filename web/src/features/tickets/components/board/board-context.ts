import { createContext } from 'react';
import type { TicketRowView, TicketView } from '@/api';
import type { Place } from '../../board';
import type { CardSelection } from '../../hooks/use-board-selection';
import type { GroupField } from '../../schemas';

/** What the cards and columns of a board share. */
export interface BoardState {
  field: GroupField;
  /** Where cards can go: the columns, and what the filters leave out. */
  places: readonly Place[];
  /** The card under the cursor. */
  cursor: string | null;
  onCursor: (number: string) => void;
  onOpen: (number: string) => void;
  /** The card whose "Move to…" is open. */
  moving: string | null;
  onMoving: (number: string | null) => void;
  onMove: (row: TicketRowView, place: Place) => void;
  /** The card that is dragged, with its ticket as soon as that is known. */
  drag: { row: TicketRowView; ticket: TicketView | undefined } | null;
  /** The cards that are chosen; none can be on a phone. */
  selection: CardSelection | null;
}

export const BoardContext = createContext<BoardState>({
  field: 'status',
  places: [],
  cursor: null,
  onCursor: () => {},
  onOpen: () => {},
  moving: null,
  onMoving: () => {},
  onMove: () => {},
  drag: null,
  selection: null,
});
