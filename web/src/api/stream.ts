import { sessionFetch } from './session';

/** Opens the stream of what changes; it goes on after the message with this id. */
export function openLiveStream(lastId: string | null, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (lastId) headers['Last-Event-ID'] = lastId;
  return sessionFetch(new URL('/api/v1/stream', window.location.origin), { headers, signal, cache: 'no-store' });
}
