/** One message of a stream of Server-Sent Events. */
export interface StreamMessage {
  name: string;
  data: string;
}

/** Cuts what arrives into messages and notes how far the stream was read. */
export class StreamReader {
  lastId: string | null;
  private rest = '';

  constructor(lastId: string | null = null) {
    this.lastId = lastId;
  }

  /** The messages that `text` completes. A block without data only moves the mark. */
  read(text: string): StreamMessage[] {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => this.message(block));
  }

  private message(block: string): StreamMessage[] {
    let name = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const value = line.slice(colon + 1).replace(/^ /, '');
      const field = line.slice(0, Math.max(colon, 0));
      if (field === 'id') this.lastId = value;
      else if (field === 'event') name = value;
      else if (field === 'data') data.push(value);
    }
    return data.length > 0 ? [{ name, data: data.join('\n') }] : [];
  }
}

interface StreamOptions {
  /** Opens the stream after a mark; what it answers decides whether to try again. */
  open: (lastId: string | null, signal: AbortSignal) => Promise<Response>;
  lastId: string | null;
  onMessage: (message: StreamMessage, lastId: string | null) => void;
  /** Whether messages come at this moment. */
  onLive: (isLive: boolean) => void;
  signal: AbortSignal;
}

/** The server speaks every 15 seconds; a line that is silent for longer is dead. */
const SILENCE_MS = 40_000;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before the next try; not the same for everyone, as a server that starts has to bear all at once. */
export function waitBefore(failures: number, random = Math.random()): number {
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures) * (0.5 + random / 2);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

/** Reads a stream and opens it again whenever it breaks, until the signal ends it or the sign-in counts no more. */
export async function followStream({ open, lastId, onMessage, onLive, signal }: StreamOptions): Promise<void> {
  const reader = new StreamReader(lastId);
  let failures = 0;
  const one = async (): Promise<boolean> => {
    const broken = new AbortController();
    const end = () => broken.abort();
    signal.addEventListener('abort', end);
    let timer = setTimeout(end, SILENCE_MS);
    try {
      const answer = await open(reader.lastId, broken.signal);
      if (answer.status === 401 || answer.status === 403) return false;
      if (!answer.ok || !answer.body) throw new Error(`stream: ${answer.status}`);
      const parts = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await parts.read(); !part.done; part = await parts.read()) {
        clearTimeout(timer);
        timer = setTimeout(end, SILENCE_MS);
        for (const message of reader.read(part.value)) {
          if (message.name === 'ready' || message.name === 'reset') {
            failures = 0;
            onLive(true);
          }
          onMessage(message, reader.lastId);
        }
      }
      return true;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  };
  while (!signal.aborted) {
    const goesOn = await one().catch(() => true);
    onLive(false);
    if (!goesOn) return;
    if (!signal.aborted) await pause(waitBefore(failures), signal);
    failures += 1;
  }
}
