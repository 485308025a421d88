import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { listPresence } from '@/api';
import { ApiError } from '@/lib/api-error';
import { type RowPerson, RowPresence } from '../row-presence';

/** Nobody says that they have gone when their browser is: this finds it out. */
const AGAIN_MS = 10_000;
/** Rows that come onto the screen together are asked about together. */
const GATHER_MS = 200;
/** Tickets of one question. */
const PER_QUESTION = 100;

/** Without a list around it, a row has nobody. */
export const RowPresenceContext = createContext(new RowPresence());

async function ask(ids: readonly string[]) {
  const parts = Array.from({ length: Math.ceil(ids.length / PER_QUESTION) }, (_, at) =>
    ids.slice(at * PER_QUESTION, (at + 1) * PER_QUESTION).join(','),
  );
  const answers = await Promise.all(parts.map((part) => listPresence({ query: { ids: part } })));
  return answers.flatMap((answer) => answer.data.data);
}

/** Keeps up to date who has the tickets of a list open, as far as its rows are on screen. */
export function useRowPresence(): RowPresence {
  const [presence] = useState(() => new RowPresence());
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gather = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setIds(presence.ids()), GATHER_MS);
    };
    const stop = presence.listen(gather);
    gather();
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [presence]);
  const { data } = useQuery({
    queryKey: ['row-presence', ids],
    queryFn: () => ask(ids),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.error instanceof ApiError && state.error.status === 403 ? false : AGAIN_MS),
    staleTime: 0,
    gcTime: 0,
    // Nobody misses anything when it fails.
    retry: false,
  });
  useEffect(() => {
    if (data) presence.tell(data);
  }, [presence, data]);
  return presence;
}

/** Who else has the ticket of a row open. */
export function useRowPeople(id: string): readonly RowPerson[] {
  const presence = use(RowPresenceContext);
  const subscribe = useCallback((onChange: () => void) => presence.watch(id, onChange), [presence, id]);
  return useSyncExternalStore(subscribe, () => presence.of(id));
}
