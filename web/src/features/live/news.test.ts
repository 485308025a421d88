import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { catchUp, News } from './news';

const ticket = (number: string, version: number, fields: string[], type = 'changed') => ({
  name: 'ticket',
  data: JSON.stringify({ type, ticket_id: 'x', number, kind: 'incident', version, fields }),
});

const KEYS = {
  ticket: [{ _id: 'getTicket', path: { key: 'INC-1' } }],
  other: [{ _id: 'getTicket', path: { key: 'INC-2' } }],
  timeline: [{ _id: 'listTimeline', path: { key: 'INC-1' } }],
  rows: [{ _id: 'listTickets', query: { updated_after: 'x' } }],
  queue: [{ _id: 'listTickets', _infinite: true }],
  counts: [{ _id: 'countViews' }],
  groups: [{ _id: 'groupTickets', path: { field: 'status' } }],
  columns: [{ _id: 'groupTickets', path: { field: 'status' }, tags: ['board', 'status'] }],
  draft: [{ _id: 'getDraft', path: { key: 'INC-1' } }],
  presence: ['presence', 'INC-1'],
  people: ['row-presence', ['other', 'x']],
  strangers: ['row-presence', ['other']],
  team: [{ _id: 'getTeam', path: { id: 'x' } }],
  settings: [{ _id: 'getDeskSettings' }],
  bell: [{ _id: 'countNotifications' }],
} as const;

async function touched(...messages: { name: string; data: string }[]): Promise<string[]> {
  const client = new QueryClient();
  for (const key of Object.values(KEYS)) client.setQueryData(key, { version: 3 });
  const news = new News();
  for (const message of messages) news.add(message);
  await news.apply(client);
  return Object.entries(KEYS)
    .filter(([, key]) => client.getQueryState(key)?.isInvalidated)
    .map(([name]) => name);
}

describe('what was heard', () => {
  it('asks again for what shows the ticket, and never for a draft', async () => {
    expect(await touched(ticket('INC-1', 4, ['status']))).toEqual(['ticket', 'timeline', 'rows', 'counts', 'columns']);
  });

  it('leaves a ticket alone that is known already', async () => {
    expect(await touched(ticket('INC-1', 3, ['status']))).toEqual(['timeline', 'rows', 'counts', 'columns']);
  });

  it('of presence asks for presence only', async () => {
    expect(await touched(ticket('INC-1', 4, ['presence']))).toEqual(['presence', 'people']);
  });

  it('of a new ticket asks for lists', async () => {
    expect(await touched(ticket('INC-9', 1, [], 'created'))).toEqual(['rows', 'counts', 'columns']);
  });

  it('of a record beside tickets asks for what shows its kind', async () => {
    const record = (kind: string) => ({ name: 'record', data: JSON.stringify({ kind, id: 'x' }) });
    expect(await touched(record('team'))).toEqual(['team']);
    expect(await touched(record('desk_settings'))).toEqual(['settings']);
    expect(await touched(record('unheard_of'))).toEqual([]);
  });

  it('rings the bell', async () => {
    expect(await touched({ name: 'notification', data: '{}' })).toEqual(['bell']);
  });

  it('after too much asks for everything but drafts and the rows of the queue', async () => {
    expect(await touched({ name: 'reset', data: '{}' })).toEqual(
      Object.keys(KEYS).filter((name) => name !== 'draft' && name !== 'queue'),
    );
  });

  it('once the stream is open, asks again for what it keeps up to date', async () => {
    const client = new QueryClient();
    for (const key of Object.values(KEYS)) client.setQueryData(key, { version: 3 });
    await catchUp(client);
    const asked = Object.entries(KEYS).filter(([, key]) => client.getQueryState(key)?.isInvalidated);
    const kept = ['ticket', 'other', 'timeline', 'rows', 'counts', 'columns', 'presence', 'bell'];
    expect(asked.map(([name]) => name)).toEqual(kept);
  });

  it('does not take a first answer for fresh that was read before the change', async () => {
    const client = new QueryClient();
    const answers: ((version: number) => void)[] = [];
    const queryFn = () =>
      new Promise<{ version: number }>((resolve) => {
        answers.push((version) => resolve({ version }));
      });
    const observer = new QueryObserver(client, { queryKey: KEYS.ticket, queryFn });
    const stop = observer.subscribe(() => undefined);
    const news = new News();
    news.add(ticket('INC-1', 4, ['status']));
    const applied = news.apply(client);
    expect(answers).toHaveLength(1);
    answers[0]?.(3);
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.(4);
    await applied;
    expect(client.getQueryData(KEYS.ticket)).toEqual({ version: 4 });
    stop();
  });
});
