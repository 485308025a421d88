import type { QueryClient } from '@tanstack/react-query';
import { type ListTimelineResponse, listTimelineQueryKey, type Reference, serverNow } from '@/api';
import type { Visibility } from './draft-keeper';

/** What the id of an entry begins with while it is on its way. */
const UNDERWAY = 'underway-';

/** Whether an entry of the timeline is shown before the server has taken it. */
export const isUnderway = ({ id }: { id: string }) => id.startsWith(UNDERWAY);

/** A text as HTML in which nothing means anything: until the server has made its Markdown into HTML. */
export function plainHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<p>${escaped.replaceAll('\n', '<br>')}</p>`;
}

interface Said {
  once: string;
  actor: Reference;
  body: string;
  visibility: Visibility;
}

/** Shows at once what is being said. Returns the way back. */
export function showSaid(client: QueryClient, number: string, { once, actor, body, visibility }: Said): () => void {
  const queryKey = listTimelineQueryKey({ path: { key: number } });
  const id = `${UNDERWAY}${once}`;
  const at = new Date(serverNow()).toISOString();
  const item = { id, type: 'comment', at, actor, body, body_html: plainHtml(body), visibility };
  const change = (edit: (items: ListTimelineResponse['data']) => ListTimelineResponse['data']) =>
    client.setQueryData<ListTimelineResponse>(queryKey, (before) => before && { ...before, data: edit(before.data) });
  const rest = (items: ListTimelineResponse['data']) => items.filter((each) => each.id !== id);
  change((items) => [...rest(items), item]);
  return () => change(rest);
}
