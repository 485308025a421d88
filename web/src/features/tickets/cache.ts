import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query';
import { getTicketQueryKey, type ListTicketsResponse, operation, type TicketRowView, type TicketView } from '@/api';
import { isOfBoard, showOnBoards } from './board-cache';

type Cached = InfiniteData<ListTicketsResponse> | ListTicketsResponse;
type RowChange = Partial<Pick<TicketView, 'status' | 'priority' | 'title' | 'assignee' | 'team' | 'version'>>;

function changeRows(page: ListTicketsResponse, number: string, change: RowChange): ListTicketsResponse {
  return { ...page, data: page.data.map((row) => (row.number === number ? { ...row, ...change } : row)) };
}

function rowIn(list: Cached | undefined, number: string): TicketRowView | undefined {
  if (!list) return undefined;
  const pages = 'pages' in list ? list.pages : [list];
  return pages.flatMap((page) => page.data).find((row) => row.number === number);
}

/** A list with the row as it was before, unless another one stands there by now; a row that was put in is taken out. */
function restoreRow(list: Cached, shown: TicketRowView, before: TicketRowView | undefined): Cached {
  const restore = (page: ListTicketsResponse): ListTicketsResponse => ({
    ...page,
    data: page.data.flatMap((row) => (row === shown ? (before ?? []) : row)),
  });
  return 'pages' in list ? { ...list, pages: list.pages.map(restore) } : restore(list);
}

/**
 * Shows a change at once, on the ticket and in every list. Returns the way back: it touches only what still
 * stands as it was shown, because what came from the server meanwhile is newer than what was there before.
 */
export function showChange(client: QueryClient, number: string, change: Partial<TicketView>): () => void {
  const key = getTicketQueryKey({ path: { key: number } });
  const before = client.getQueryData<TicketView>(key);
  const lists = client.getQueriesData<Cached>({ queryKey: operation('listTickets') });
  const shown = client.setQueryData<TicketView>(key, (ticket) => (ticket ? { ...ticket, ...change } : ticket));
  const { status, priority, title, assignee, team, version } = change;
  const known = Object.entries({ status, priority, title, assignee, team, version });
  const rowChange: RowChange = Object.fromEntries(known.filter(([, value]) => value !== undefined));
  client.setQueriesData<Cached>({ queryKey: operation('listTickets') }, (list) => {
    if (!list) return list;
    if (!('pages' in list)) return changeRows(list, number, rowChange);
    return { ...list, pages: list.pages.map((page) => changeRows(page, number, rowChange)) };
  });
  const row = lists.map(([, list]) => rowIn(list, number)).find((found) => found !== undefined);
  const undoBoards = row && showOnBoards(client, row, { ...row, ...rowChange });
  const shownRows = lists.map(([listKey]) => rowIn(client.getQueryData<Cached>(listKey), number));
  return () => {
    undoBoards?.();
    client.setQueryData<TicketView>(key, (now) => (now === shown ? before : now));
    lists.forEach(([listKey, list], at) => {
      const shownRow = shownRows[at];
      if (!shownRow) return;
      client.setQueryData<Cached>(listKey, (now) => now && restoreRow(now, shownRow, rowIn(list, number)));
    });
  };
}

const FEW_PAGES = 3;

function isPaged(data: unknown): data is InfiniteData<ListTicketsResponse> {
  return typeof data === 'object' && data !== null && 'pages' in data && Array.isArray(data.pages);
}

/** Whether so much of a list is loaded that asking for all of it again would be heavy. */
export function isLongList(data: unknown): boolean {
  return isPaged(data) && data.pages.length > FEW_PAGES;
}

/** A list cut down to its first page. */
export function keepFirstPage<Data>(list: Data | undefined): Data | undefined {
  if (!isPaged(list)) return list;
  return { ...list, pages: list.pages.slice(0, 1), pageParams: list.pageParams.slice(0, 1) };
}

const isShort = (query: Query) => !isLongList(query.state.data);

/** Asks again for the lists that may have changed; a long one is kept up to date in place. */
export async function refreshLists(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: operation('listTickets'), predicate: isShort }),
    client.invalidateQueries({ queryKey: operation('countViews') }),
    client.invalidateQueries({
      queryKey: operation('groupTickets'),
      predicate: ({ queryKey }) => isOfBoard(queryKey),
    }),
  ]);
}

/** Takes over the server's answer and asks again for what may have changed with it. */
export async function acceptTicket(client: QueryClient, ticket: TicketView): Promise<void> {
  showChange(client, ticket.number, ticket);
  await Promise.all([client.invalidateQueries({ queryKey: operation('listTimeline') }), refreshLists(client)]);
}
