import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TicketRowView } from '@/api';
import { boardTags, isOfBoard } from './board-cache';
import { showChange } from './cache';

const who = { id: 'u', name: 'U' };
const row = (number: string, status: string): TicketRowView => ({
  id: number,
  number,
  title: number,
  status,
  version: 1,
  priority: 'low',
  kind: 'incident',
  is_major: false,
  requester: who,
  sla: [],
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
});
const column = (value: string) => [{ _id: 'listTickets', _infinite: true, tags: boardTags('status', value) }];
const counts = [{ _id: 'groupTickets', path: { field: 'status' }, tags: boardTags('status') }];
const list = (...rows: TicketRowView[]) => ({ pages: [{ data: rows, pagination: {} }], pageParams: [{}] });

describe('a move on a board', () => {
  let client: QueryClient;
  const cards = (value: string) =>
    client.getQueryData<ReturnType<typeof list>>(column(value))?.pages.flatMap((page) => page.data) ?? [];
  const countsNow = () => client.getQueryData<{ data: { value: string; count: number }[] }>(counts)?.data;
  beforeEach(() => {
    client = new QueryClient();
    client.setQueryData(column('new'), list(row('1', 'new'), row('2', 'new')));
    client.setQueryData(column('in_progress'), list());
    client.setQueryData(counts, { data: [{ value: 'new', count: 2 }], is_capped: false });
  });

  it('puts the card on top of the column it comes to, and counts it there', () => {
    showChange(client, '2', { status: 'in_progress' });
    expect(cards('in_progress').map(({ number, status }) => [number, status])).toEqual([['2', 'in_progress']]);
    expect(cards('new').map(({ status }) => status)).toEqual(['new', 'in_progress']);
    expect(countsNow()).toMatchObject([
      { value: 'new', count: 1 },
      { value: 'in_progress', count: 1 },
    ]);
  });

  it('is taken back whole', () => {
    showChange(client, '2', { status: 'in_progress' })();
    expect(cards('in_progress')).toEqual([]);
    expect(cards('new').map(({ status }) => status)).toEqual(['new', 'new']);
    expect(countsNow()).toEqual([{ value: 'new', count: 2 }]);
  });

  it('leaves what came from the server meanwhile when it is taken back', () => {
    const undo = showChange(client, '2', { status: 'in_progress' });
    const theirs = { ...row('1', 'on_hold'), version: 2 };
    client.setQueryData(column('new'), list(theirs, { ...row('2', 'in_progress') }, row('3', 'new')));
    client.setQueryData(column('in_progress'), list({ ...row('2', 'in_progress'), version: 2 }));
    client.setQueryData(counts, { data: [{ value: 'new', count: 7 }], is_capped: false });
    undo();
    expect(cards('new').map(({ number, status }) => [number, status])).toEqual([
      ['1', 'on_hold'],
      ['2', 'new'],
      ['3', 'new'],
    ]);
    expect(cards('in_progress').map(({ version }) => version)).toEqual([2]);
    expect(countsNow()).toEqual([{ value: 'new', count: 7 }]);
    expect(client.getQueryState(counts)?.isInvalidated).toBe(true);
  });

  it('is shown once, however often', () => {
    showChange(client, '2', { status: 'in_progress' });
    showChange(client, '2', { status: 'in_progress', version: 2 });
    expect(cards('in_progress').map(({ version }) => version)).toEqual([2]);
    expect(countsNow()).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  it('concerns boards only', () => {
    expect(isOfBoard(counts)).toBe(true);
    expect(isOfBoard([{ _id: 'groupTickets', path: { field: 'status' } }])).toBe(false);
    expect(isOfBoard(['presence', 'INC-1'])).toBe(false);
  });
});
