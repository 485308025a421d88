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

/** Questions about records beside tickets, and the kind of which each is. */
const RECORDS: Record<string, string> = {
  listTeams: 'team',
  getTeam: 'team',
  listTeamMembers: 'team',
  getDeskSettings: 'desk_settings',
};

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

/** Lists and numbers that many tickets, or notifications, go into. */
const SUMS = new Set(['countViews', 'listMajorIncidents', 'listNotifications', 'countNotifications']);

/** Whether the stream keeps a query up to date. */
function isKept({ queryKey }: Query): boolean {
  const { _id: id = '', _infinite, path, tags } = partsOf(queryKey);
  if (OWN_WORDS.has(id)) return false;
  if (id === 'listTickets') return !_infinite;
  if (id === 'groupTickets') return tags?.[0] === 'board';
  return SUMS.has(id) || queryKey[0] === 'presence' || path?.key !== undefined;
}

/** Asks again for what the stream keeps: what was answered before the stream was open may be old by now. */
export function catchUp(client: QueryClient): Promise<void> {
  return askAnew(client, isKept);
}

/**
 * Asks again for these queries, once more for those whose first answer is under way: it may have been read
 * before the change, and would count as fresh.
 */
async function askAnew(client: QueryClient, predicate: (query: Query) => boolean): Promise<void> {
  const isFirst = (query: Query) => query.state.data === undefined && query.state.fetchStatus === 'fetching';
  const first = client.getQueryCache().findAll({ predicate: (query) => isFirst(query) && predicate(query) });
  const later = first.map(async (query) => {
    await query.fetch().catch(() => undefined);
    await client.invalidateQueries({ queryKey: query.queryKey, exact: true, predicate });
  });
  await Promise.all([client.invalidateQueries({ predicate }), ...later]);
}

function knows(query: Query, version: number): boolean {
  const data: unknown = query.state.data;
  return typeof data === 'object' && data !== null && 'version' in data && Number(data.version) >= version;
}

/** Gathers what was heard in a moment, and asks once for what it touches. */
export class News {
  private readonly tickets = new Map<string, { version: number; fields: Set<string> }>();
  /** Ids of tickets that someone came to or left. */
  private readonly visited = new Set<string>();
  /** Kinds of other records that changed. */
  private readonly records = new Set<string>();
  private hasNotifications = false;
  private isEverything = false;

  add({ name, data }: StreamMessage): void {
    if (name === 'notification') this.hasNotifications = true;
    else if (name === 'reset' || name === 'access') this.isEverything = true;
    else if (name === 'record') {
      const { kind }: { kind: string } = JSON.parse(data);
      this.records.add(kind);
    } else if (name === 'ticket') {
      const told: TicketNews = JSON.parse(data);
      this.addTicket(told);
    }
  }

  private addTicket({ type, ticket_id, number, version, fields }: TicketNews): void {
    if (fields.includes('presence')) this.visited.add(ticket_id);
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
    const record = RECORDS[id];
    if (record) return this.records.has(record);
    const changed = [...this.tickets.values()];
    const isMore = changed.some(({ fields }) => [...fields].some((field) => field !== 'presence'));
    if (id === 'listTickets') return isMore && !_infinite;
    if (id === 'countViews') return isMore;
    // The counts over the columns of a board; those of a grouped list would make it begin again.
    if (id === 'groupTickets') return isMore && tags?.[0] === 'board';
    if (id === 'listMajorIncidents') return changed.some(({ fields }) => fields.has('major_incident'));
    const [first, second] = query.queryKey;
    if (first === 'row-presence') return Array.isArray(second) && second.some((id) => this.visited.has(String(id)));
    const number = first === 'presence' ? String(second) : path?.key;
    const news = number === undefined ? undefined : this.tickets.get(number);
    if (!news) return false;
    if (first === 'presence') return news.fields.has('presence');
    const isOnlyPresence = news.fields.size === 1 && news.fields.has('presence');
    return !isOnlyPresence && !(id === 'getTicket' && knows(query, news.version));
  }

  apply(client: QueryClient): Promise<void> {
    return this.isEverything ? refreshAll(client) : askAnew(client, (query) => this.touches(query));
  }
}
