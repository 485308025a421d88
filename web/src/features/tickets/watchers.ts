import type { QueryClient } from '@tanstack/react-query';
import { type ListWatchersResponse, listWatchersQueryKey } from '@/api';

type People = ListWatchersResponse['data'];

/** Shows at once who watches a ticket, and whether I do. Returns the way back. */
export function showWatchers(
  client: QueryClient,
  number: string,
  meId: string,
  edit: (people: People) => People,
): () => void {
  const queryKey = listWatchersQueryKey({ path: { key: number } });
  const before = client.getQueryData<ListWatchersResponse>(queryKey);
  if (before) {
    const data = edit(before.data);
    client.setQueryData(queryKey, { ...before, data, is_watching: data.some((person) => person.id === meId) });
  }
  return () => client.setQueryData(queryKey, before);
}
