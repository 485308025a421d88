import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import type { StreamMessage } from '@/lib/event-stream';

/** What the server says of a ticket that changed. */
interface TicketNews {
  type: 'created' | 'changed';
  ticket_id: string;
  number: string;
  version: number;
  fields: string[];
}

interface KeyParts {
  _id?: string;
  _infinite?: boolean;
  path?: { key?: string };
  tags?: readonly string[];
}

function partsOf(key: QueryKey): KeyParts {
  const [first] = key;
  return typeof first === 'object' && first !== null ? first : {};
}

/** What someone writes at this moment is theirs: it is never asked for again. */
const OWN_WORDS = new Set(['getDraft', 'listDrafts']);

/** Everything on screen, as after a time without news. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => {
      const { _id, _infinite } = partsOf(queryKey);
      // The queue keeps its rows where they are and takes changes in place.
      return !OWN_WORDS.has(_id ?? '') && !(_id === 'listTickets' && _infinite);
    },
  });
}

function knows(query: Query, version: number): boolean {
  const data: unknown = query.state.data;
  return typeof data === 'object' && data !== null && 'version' in data && Number(data.version) >= version;
}

/** Gathers what was heard in a moment, and asks once for what it touches. */
export class News {
  private readonly tickets = new Map<string, { version: number; fields: Set<string> }>();
  private hasNotifications = false;
  private isEverything = false;

  add({ name, data }: StreamMessage): void {
    if (name === 'notification') this.hasNotifications = true;
    else if (name === 'reset' || name === 'access') this.isEverything = true;
    else if (name === 'ticket') {
      const told: TicketNews = JSON.parse(data);
      this.addTicket(told);
    }
  }

  private addTicket({ type, number, version, fields }: TicketNews): void {
    const known = this.tickets.get(number) ?? { version, fields: new Set<string>() };
    known.version = Math.max(known.version, version);
    for (const field of type === 'created' ? [...fields, 'created'] : fields) known.fields.add(field);
    this.tickets.set(number, known);
  }

  /** Whether a query shows something that changed. */
  touches(query: Query): boolean {
    const { _id: id = '', _infinite, path, tags } = partsOf(query.queryKey);
    if (id === 'listNotifications' || id === 'countNotifications') return this.hasNotifications;
    if (OWN_WORDS.has(id)) return false;
    const changed = [...this.tickets.values()];
    const isMore = changed.some(({ fields }) => [...fields].some((field) => field !== 'presence'));
    if (id === 'listTickets') return isMore && !_infinite;
    if (id === 'countViews') return isMore;
    // The counts over the columns of a board; those of a grouped list would make it begin again.
    if (id === 'groupTickets') return isMore && tags?.[0] === 'board';
    if (id === 'listMajorIncidents') return changed.some(({ fields }) => fields.has('major_incident'));
    const [first, second] = query.queryKey;
    const number = first === 'presence' ? String(second) : path?.key;
    const news = number === undefined ? undefined : this.tickets.get(number);
    if (!news) return false;
    if (first === 'presence') return news.fields.has('presence');
    const isOnlyPresence = news.fields.size === 1 && news.fields.has('presence');
    return !isOnlyPresence && !(id === 'getTicket' && knows(query, news.version));
  }

  apply(client: QueryClient): Promise<void> {
    if (this.isEverything) return refreshAll(client);
    return client.invalidateQueries({ predicate: (query) => this.touches(query) });
  }
}
