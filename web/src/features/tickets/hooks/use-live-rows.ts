import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listTicketsOptions, type TicketRowView } from '@/api';
import { askAgain } from '@/lib/live-state';
import { countNew } from '../live';
import { type QueueSearch, queueQuery } from '../schemas';

const ASK_AGAIN_MS = 15_000;
/** How many changes are told at once. */
export const LIVE_MOST = 100;

interface UseLiveRows {
  search: QueueSearch;
  rows: readonly TicketRowView[];
  /** When the rows were asked for. */
  since: string;
  isComplete: boolean;
  isOn: boolean;
}

const NOTHING: TicketRowView[] = [];

/** Asks now and then what changed: known rows as they are now, and how many new ones wait; and which of those that match changed. */
export function useLiveRows({ search, rows, since, isComplete, isOn }: UseLiveRows) {
  const asked = { updated_after: since, sort: '-updated_at', per_page: LIVE_MOST };
  const every = { refetchInterval: askAgain(ASK_AGAIN_MS), staleTime: ASK_AGAIN_MS, enabled: isOn };
  const changed = useQuery({ ...listTicketsOptions({ query: asked }), ...every });
  const matching = useQuery({ ...listTicketsOptions({ query: { ...queueQuery(search), ...asked } }), ...every });
  const patches = changed.data?.data ?? NOTHING;
  const found = matching.data?.data ?? NOTHING;
  const newCount = useMemo(() => countNew(rows, found, since, isComplete), [rows, found, since, isComplete]);
  return { patches, found, newCount };
}
