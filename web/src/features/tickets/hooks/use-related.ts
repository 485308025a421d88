import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import {
  listAttachmentsOptions,
  listLinksOptions,
  listTasksOptions,
  listTicketsOptions,
  listWatchersOptions,
  operation,
} from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';

const path = (number: string) => ({ path: { key: number } });

/** Tickets that this one is linked to. */
export const useLinks = (number: string) => useQuery(listLinksOptions(path(number)));
/** What must be done for it. */
export const useTasks = (number: string) => useQuery(listTasksOptions(path(number)));
/** Who is told about it. */
export const useWatchers = (number: string) => useQuery(listWatchersOptions(path(number)));
/** Its files. */
export const useAttachments = (number: string) => useQuery(listAttachmentsOptions(path(number)));
/** Tickets that are parts of it, without its tasks. */
export const useChildren = (number: string) =>
  useQuery(listTicketsOptions({ query: { parent: number, kind: 'incident', per_page: 50 } }));

const LISTS = [
  'listLinks',
  'listTasks',
  'listWatchers',
  'listAttachments',
  'listTimeline',
  'listTickets',
  'getTicket',
] as const;

/** Asks again for all that hangs on a ticket. */
export function useRelatedRefresh() {
  const client = useQueryClient();
  return useCallback(
    () => Promise.all(LISTS.map((id) => client.invalidateQueries({ queryKey: operation(id) }))),
    [client],
  );
}

/**
 * Changes what hangs on a ticket; a refusal is told, and all is asked for again. `show` shows it at once and returns
 * the way back.
 */
export function useRelatedChange<Input>(
  change: (input: Input) => Promise<unknown>,
  show?: (client: QueryClient, input: Input) => () => void,
) {
  const client = useQueryClient();
  const refresh = useRelatedRefresh();
  return useMutation({
    mutationFn: change,
    onMutate: (input: Input) => show?.(client, input),
    onSuccess: refresh,
    onError: (error, _, takeBack) => {
      takeBack?.();
      notifyProblem(error);
    },
  });
}
