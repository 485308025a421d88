import { useMutation } from '@tanstack/react-query';
import { listTickets } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { MOST_AT_ONCE } from '../bulk';
import { type QueueSearch, queueQuery } from '../schemas';

const PER_PAGE = 100;

async function numbersOf(search: QueueSearch): Promise<Set<string>> {
  const numbers = new Set<string>();
  let cursor: string | undefined;
  do {
    const query = { ...queueQuery(search), per_page: PER_PAGE, cursor };
    const { data } = await listTickets({ query });
    for (const row of data.data) numbers.add(row.number);
    cursor = data.pagination.next_cursor ?? undefined;
  } while (cursor && numbers.size < MOST_AT_ONCE);
  return new Set([...numbers].slice(0, MOST_AT_ONCE));
}

/** Chooses every ticket that matches, those too that are not loaded, up to the most of one action. */
export function useSelectAll(search: QueueSearch, onSelection: (selection: ReadonlySet<string>) => void) {
  const { mutate } = useMutation({
    mutationFn: () => numbersOf(search),
    onSuccess: onSelection,
    onError: notifyProblem,
  });
  return mutate;
}
