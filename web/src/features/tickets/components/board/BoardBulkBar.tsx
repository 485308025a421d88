import type { TicketRowView } from '@/api';
import { useCopyRows } from '../../hooks/use-copy-rows';
import { useListLooks } from '../../hooks/use-list-looks';
import { useSelectAll } from '../../hooks/use-select-all';
import { columnsToShow } from '../../queue-columns';
import type { QueueSearch } from '../../schemas';
import { BulkBar } from '../queue/BulkBar';

interface BoardBulkBarProps {
  search: QueueSearch;
  selection: ReadonlySet<string>;
  onSelection: (selection: ReadonlySet<string>) => void;
  /** Every card that is loaded, column after column. */
  cards: readonly TicketRowView[];
  total: number;
}

/** What can be done with the chosen cards: the same as with rows of the list. */
export function BoardBulkBar({ search, selection, onSelection, cards, total }: BoardBulkBarProps) {
  const { looks } = useListLooks();
  const copy = useCopyRows();
  const selectAll = useSelectAll(search, onSelection);
  const chosen = cards.filter((card) => selection.has(card.number));
  return (
    <BulkBar
      selection={selection}
      onSelection={onSelection}
      onCopy={() => void copy(chosen, columnsToShow(search.columns, looks.columns))}
      total={total}
      isAllLoaded={cards.length >= total}
      onSelectAll={selectAll}
    />
  );
}
