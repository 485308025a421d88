import type { TimelineItem } from '@/api';
import { type DraftStore, readDraft, writeDraft } from '@/lib/draft';
import type { Visibility } from './draft-keeper';

/** A step that a public reply can take with it. */
export type SendVerb = 'start' | 'resume' | 'hold' | 'resolve' | 'close';

/** What was written for a ticket and is to be sent. */
export interface Message {
  body: string;
  visibility: Visibility;
  verb?: SendVerb;
  /** The same for every attempt, so that a cut connection says nothing twice. */
  once: string;
}

/** Where it is: on its way, waiting for the connection, refused, or left behind by a page that was closed. */
export type UnsentState = 'sending' | 'waits' | 'refused' | 'left';

/** A message that the composer has let go of and the conversation does not hold yet. */
export interface Unsent extends Message {
  /** When it was sent, by the server's clock. */
  at: number;
  state: UnsentState;
  /** Why the server refused it. */
  reason?: string;
}

/** What can be done with a message that was not sent. */
export interface Rescue {
  again: (once: string) => void;
  take: (once: string) => void;
}

const NOTHING: readonly Unsent[] = [];
/** How far two readings of the server's clock may lie apart. */
const SLACK_MS = 5_000;
const VERBS: ReadonlySet<string> = new Set<SendVerb>(['start', 'resume', 'hold', 'resolve', 'close']);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const isVerb = (value: unknown): value is SendVerb => typeof value === 'string' && VERBS.has(value);

function readOne(value: unknown): Unsent[] {
  if (!isRecord(value)) return [];
  const { body, visibility, verb, once, at } = value;
  if (typeof body !== 'string' || typeof once !== 'string' || typeof at !== 'number') return [];
  return [
    {
      body,
      once,
      at,
      visibility: visibility === 'internal' ? 'internal' : 'public',
      ...(isVerb(verb) && { verb }),
      // Whatever became of it, the page that knew is gone.
      state: 'left',
    },
  ];
}

function read(store: DraftStore, key: string): readonly Unsent[] {
  try {
    const list: unknown = JSON.parse(readDraft(store, key).list ?? '[]');
    return Array.isArray(list) ? list.flatMap(readOne) : NOTHING;
  } catch {
    return NOTHING;
  }
}

/**
 * Messages from the moment they are sent until the conversation holds them. They belong to
 * no screen, and are kept on this device too: a page that is closed loses none.
 */
export class UnsentBox {
  readonly #lists = new Map<string, readonly Unsent[]>();
  readonly #rescues = new Map<string, Rescue>();
  readonly #listeners = new Set<() => void>();
  readonly #store: () => DraftStore;

  constructor(store: () => DraftStore) {
    this.#store = store;
  }

  list(key: string): readonly Unsent[] {
    const known = this.#lists.get(key);
    if (known) return known;
    const found = read(this.#store(), key);
    this.#lists.set(key, found);
    return found;
  }

  put(key: string, message: Unsent): void {
    const others = this.list(key).filter(({ once }) => once !== message.once);
    this.#set(key, [...others, message]);
  }

  change(key: string, once: string, part: Pick<Unsent, 'state' | 'reason'>): void {
    this.#set(
      key,
      this.list(key).map((each) => (each.once === once ? { ...each, reason: undefined, ...part } : each)),
    );
  }

  remove(key: string, once: string): void {
    this.#set(
      key,
      this.list(key).filter((each) => each.once !== once),
    );
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The composer of a ticket says what it does for its messages. */
  serve(key: string, rescue: Rescue): () => void {
    this.#rescues.set(key, rescue);
    return () => {
      if (this.#rescues.get(key) === rescue) this.#rescues.delete(key);
    };
  }

  rescue(key: string): Rescue | undefined {
    return this.#rescues.get(key);
  }

  #set(key: string, list: readonly Unsent[]): void {
    this.#lists.set(key, list);
    writeDraft(this.#store(), key, { list: JSON.stringify(list) }, list.length === 0);
    for (const listener of [...this.#listeners]) listener();
  }
}

export const unsentBox = new UnsentBox(() => localStorage);

/** Under which name a message waits for the connection, beside what the composer holds. */
export const waitsAs = (once: string) => `unsent:${once}`;

/** Whether the conversation holds the message already. */
export function isSaid(message: Unsent, items: readonly TimelineItem[], meId: string): boolean {
  return items.some(
    (item) =>
      item.type === 'comment' &&
      item.actor?.id === meId &&
      item.body?.trim() === message.body.trim() &&
      (item.visibility === 'internal') === (message.visibility === 'internal') &&
      Date.parse(item.at) >= message.at - SLACK_MS,
  );
}

/** Two texts as one. What was meant for colleagues stays with them. */
export function joined(
  draft: { body: string; visibility: Visibility },
  message: { body: string; visibility: Visibility },
): { body: string; visibility: Visibility } {
  if (draft.body.trim() === '') return { body: message.body, visibility: message.visibility };
  const isInternal = draft.visibility === 'internal' || message.visibility === 'internal';
  return { body: `${draft.body.trimEnd()}\n\n${message.body}`, visibility: isInternal ? 'internal' : 'public' };
}
