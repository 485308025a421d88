import type { Present, TicketPresence } from '@/api';

/** Someone who has a ticket open, as far as a row tells it. */
export type RowPerson = Pick<Present, 'user' | 'activity'>;

/** Rows that are asked about: those that came onto the screen last, if there are more. */
const MOST_ROWS = 300;
const NOBODY: readonly RowPerson[] = [];

function isSame(one: readonly RowPerson[], other: readonly RowPerson[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ user, activity }, at) => other[at]?.user.id === user.id && other[at]?.activity === activity)
  );
}

/** Which rows are on screen, and who has their tickets open. A row hears only of its own ticket. */
export class RowPresence {
  private readonly rows = new Map<string, Set<() => void>>();
  private readonly known = new Map<string, readonly RowPerson[]>();
  private onRows: () => void = () => undefined;

  /** A row of this ticket is drawn; what is returned takes it away. */
  watch(id: string, onChange: () => void): () => void {
    const listeners = this.rows.get(id) ?? new Set();
    listeners.add(onChange);
    this.rows.set(id, listeners);
    this.onRows();
    return () => {
      listeners.delete(onChange);
      if (listeners.size > 0 || this.rows.get(id) !== listeners) return;
      this.rows.delete(id);
      this.onRows();
    };
  }

  /** Hears that rows came or went. */
  listen(onRows: () => void): () => void {
    this.onRows = onRows;
    return () => {
      this.onRows = () => undefined;
    };
  }

  /** Ids of tickets to ask about, always in the same order. */
  ids(): string[] {
    return [...this.rows.keys()].slice(-MOST_ROWS).sort();
  }

  /** Who else has the ticket open; the same list until that changes. */
  of(id: string): readonly RowPerson[] {
    return this.known.get(id) ?? NOBODY;
  }

  /** What the server says now. Who is not named has nobody. */
  tell(told: readonly TicketPresence[]): void {
    const now = new Map<string, readonly RowPerson[]>(told.map(({ ticket_id, people }) => [ticket_id, people]));
    for (const id of new Set([...this.known.keys(), ...now.keys()])) {
      const people = now.get(id) ?? NOBODY;
      if (isSame(this.of(id), people)) continue;
      if (people.length > 0) this.known.set(id, people);
      else this.known.delete(id);
      for (const listener of this.rows.get(id) ?? []) listener();
    }
  }
}
