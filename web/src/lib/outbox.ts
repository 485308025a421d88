import { asApiError } from './api-error';

/** How it ended: it is sent, was refused (with the reason), or waits still. */
export type Outcome = { kind: 'sent' } | { kind: 'refused'; error: unknown } | { kind: 'waits' };

interface Letter {
  send: () => Promise<unknown>;
  isOnItsWay: boolean;
}

const AGAIN_MS = 5_000;

/**
 * What could not be sent because there is no connection. It belongs to no screen: it
 * goes out when the connection is back, wherever the person is by then. A page that is
 * closed loses it, so that closing asks; the text itself is kept as a draft elsewhere.
 */
export class Outbox {
  readonly #letters = new Map<string, Letter>();
  readonly #listeners = new Set<(key: string, outcome: Outcome | null) => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get size(): number {
    return this.#letters.size;
  }

  waits(key: string): boolean {
    return this.#letters.has(key);
  }

  /** Hears what becomes of each; `null` when it was put in or taken out. */
  listen(listener: (key: string, outcome: Outcome | null) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  put(key: string, send: () => Promise<unknown>): void {
    this.#letters.set(key, { send, isOnItsWay: false });
    this.#tell(key, null);
    this.#plan();
  }

  takeOut(key: string): void {
    if (this.#letters.delete(key)) this.#tell(key, null);
  }

  clear(): void {
    for (const key of [...this.#letters.keys()]) this.takeOut(key);
  }

  /** Tries it now; what has no connection still goes on waiting. */
  async try(key: string): Promise<Outcome> {
    const letter = this.#letters.get(key);
    if (!letter || letter.isOnItsWay) return { kind: 'waits' };
    letter.isOnItsWay = true;
    const outcome = await letter.send().then(
      (): Outcome => ({ kind: 'sent' }),
      (error): Outcome => (asApiError(error).isOffline ? { kind: 'waits' } : { kind: 'refused', error }),
    );
    letter.isOnItsWay = false;
    if (outcome.kind !== 'waits' && this.#letters.get(key) === letter) this.#letters.delete(key);
    this.#tell(key, outcome);
    this.#plan();
    return outcome;
  }

  async tryAll(): Promise<void> {
    await Promise.all([...this.#letters.keys()].map((key) => this.try(key)));
  }

  #tell(key: string, outcome: Outcome | null): void {
    for (const listener of [...this.#listeners]) listener(key, outcome);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#letters.size > 0) this.#timer = setTimeout(() => void this.tryAll(), AGAIN_MS);
  }
}

export const outbox = new Outbox();

/** Sends when the connection is back, and asks before the page is closed over something that waits. */
export function watchOutbox(box: Outbox = outbox, target: Window = window): () => void {
  const onOnline = () => void box.tryAll();
  const onLeave = (event: BeforeUnloadEvent) => {
    if (box.size > 0) event.preventDefault();
  };
  target.addEventListener('online', onOnline);
  target.addEventListener('beforeunload', onLeave);
  return () => {
    target.removeEventListener('online', onOnline);
    target.removeEventListener('beforeunload', onLeave);
  };
}
