import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { type ListTimelineResponse, listTimelineQueryKey } from '@/api';
import { isUnderway, plainHtml, showSaid } from './said';

it('a text is shown as it was typed, whatever it holds', () => {
  expect(plainHtml('a <b>&amp;\n# c')).toBe('<p>a &lt;b&gt;&amp;amp;<br># c</p>');
});

const KEY = listTimelineQueryKey({ path: { key: 'INC-000001' } });
const SAID = {
  once: 'x',
  actor: { id: 'u', name: 'Ada' },
  body: 'Looked',
  visibility: 'internal',
} as const;
const bodies = (client: QueryClient) => client.getQueryData<ListTimelineResponse>(KEY)?.data.map(({ body }) => body);

it('what is being said stands at the end once, and goes when it was refused', () => {
  const client = new QueryClient();
  const first = { id: 'c', type: 'comment', at: '2026-01-01T00:00:00Z', body: 'Before' };
  client.setQueryData(KEY, { data: [first] });
  showSaid(client, 'INC-000001', SAID);
  const takeBack = showSaid(client, 'INC-000001', SAID);
  expect(bodies(client)).toEqual(['Before', 'Looked']);
  expect(client.getQueryData<ListTimelineResponse>(KEY)?.data.map(isUnderway)).toEqual([false, true]);
  takeBack();
  expect(bodies(client)).toEqual(['Before']);
});

it('nothing is made up where the timeline is not there yet', () => {
  const client = new QueryClient();
  showSaid(client, 'INC-000001', SAID)();
  expect(client.getQueryData(KEY)).toBeUndefined();
});
