import { followStream, type StreamMessage } from './event-stream';

/**
 * One stream for all tabs: a browser opens only six connections to a server, and a stream takes one for good.
 * The tab that has the lock reads the stream and hands everything on; when it closes, another one goes on after
 * the last mark.
 */
const NAME = 'steward-stream';

type Handed =
  | { kind: 'message'; message: StreamMessage; lastId: string | null }
  | { kind: 'live'; isLive: boolean }
  | { kind: 'ask' };

interface Shared {
  open: (lastId: string | null, signal: AbortSignal) => Promise<Response>;
  onMessage: (message: StreamMessage) => void;
  onLive: (isLive: boolean) => void;
}

/** Hears the stream, here or through another tab; returns how to stop. */
export function shareStream({ open, onMessage, onLive }: Shared): () => void {
  const stop = new AbortController();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
  let lastId: string | null = null;
  let leads = false;
  let isLive = false;
  const hand = (handed: Handed) => channel?.postMessage(handed);
  const changeLive = (next: boolean) => {
    if (next !== isLive) onLive(next);
    isLive = next;
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<Handed>) => {
    if (data.kind === 'ask') {
      if (leads) hand({ kind: 'live', isLive });
    } else if (data.kind === 'live') changeLive(data.isLive);
    else {
      lastId = data.lastId;
      onMessage(data.message);
    }
  });
  const lead = () => {
    leads = true;
    return followStream({
      open,
      lastId,
      onMessage: (message, id) => {
        lastId = id;
        onMessage(message);
        hand({ kind: 'message', message, lastId });
      },
      onLive: (next) => {
        changeLive(next);
        hand({ kind: 'live', isLive: next });
      },
      signal: stop.signal,
    });
  };
  hand({ kind: 'ask' });
  const led = navigator.locks ? navigator.locks.request(NAME, { signal: stop.signal }, lead) : lead();
  // Giving up the wait for the lock is how it ends.
  led.catch(() => undefined);
  return () => {
    stop.abort();
    channel?.close();
  };
}
