import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import {
  type GroupTicketsResponse,
  type ListTicketsResponse,
  operation,
  type TicketGroup,
  type TicketRowView,
} from '@/api';
import { belongsTo, valueIn } from './groups';
import { GROUP_FIELDS, type GroupField } from './schemas';

const MARK = 'board';

interface KeyParts {
  tags?: readonly string[];
  path?: { field?: string };
}

function partsOf([first]: QueryKey): KeyParts {
  return typeof first === 'object' && first !== null ? first : {};
}

/** Marks in a query's key that it holds a column of a board, or its counts. */
export function boardTags(field: GroupField, value?: string | null): string[] {
  return value === undefined ? [MARK, field] : [MARK, field, value ?? ''];
}

/** Whether a query is of a board. */
export function isOfBoard(key: QueryKey): boolean {
  return partsOf(key).tags?.[0] === MARK;
}

function columnOf(key: QueryKey): { field: GroupField; value: string | null } | null {
  const [mark, name, value] = partsOf(key).tags ?? [];
  const field = GROUP_FIELDS.find((each) => each === name);
  return mark === MARK && field && value !== undefined ? { field, value: value || null } : null;
}

type Pages = InfiniteData<ListTicketsResponse>;

function withFirst(list: Pages, row: TicketRowView): Pages {
  const [first, ...others] = list.pages;
  if (!first || list.pages.some((page) => page.data.some(({ id }) => id === row.id))) return list;
  return { ...list, pages: [{ ...first, data: [row, ...first.data] }, ...others] };
}

function groupOf(field: GroupField, row: TicketRowView): Pick<TicketGroup, 'value' | 'name'> {
  const name = field === 'status' || field === 'priority' ? row[field] : row[field]?.name;
  return { value: valueIn(field, row), name };
}

/** The counts after a ticket went from one group to another, which may have been empty before. */
function recount(answer: GroupTicketsResponse, from: string | null, to: Pick<TicketGroup, 'value' | 'name'>) {
  const isKnown = answer.data.some(({ value }) => (value ?? null) === to.value);
  const groups = isKnown ? answer.data : [...answer.data, { ...to, count: 0 }];
  const step = (value: string | null) => Number(value === to.value) - Number(value === from);
  return { ...answer, data: groups.map((group) => ({ ...group, count: group.count + step(group.value ?? null) })) };
}

/**
 * Shows on boards that a ticket is another than before: on top of the columns it came to, and in the
 * counts. The columns it left let it go by themselves. Returns the way back of the counts.
 */
export function showOnBoards(client: QueryClient, before: TicketRowView, now: TicketRowView): () => void {
  for (const [key, list] of client.getQueriesData<Pages>({ queryKey: operation('listTickets') })) {
    const column = columnOf(key);
    if (list && column && belongsTo(column.field, column.value, now)) client.setQueryData(key, withFirst(list, now));
  }
  const recounted: [QueryKey, GroupTicketsResponse, GroupTicketsResponse | undefined][] = [];
  for (const [key, answer] of client.getQueriesData<GroupTicketsResponse>({ queryKey: operation('groupTickets') })) {
    const field = GROUP_FIELDS.find((each) => each === partsOf(key).path?.field);
    if (!answer || !field || belongsTo(field, valueIn(field, now), before)) continue;
    const shown = recount(answer, valueIn(field, before), groupOf(field, now));
    recounted.push([key, answer, client.setQueryData<GroupTicketsResponse>(key, shown)]);
  }
  return () => {
    for (const [key, answer, shown] of recounted) {
      if (client.getQueryData(key) === shown) client.setQueryData(key, answer);
      // Counted again meanwhile, by the server or by another change: only the server knows the number now.
      else void client.invalidateQueries({ queryKey: key, exact: true });
    }
  };
}
