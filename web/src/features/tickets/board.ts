import type { ActionView, TicketGroup, TicketRowView, TicketView } from '@/api';
import { belongsTo, sortGroups } from './groups';
import { withPatches } from './live';
import {
  actionFor,
  isPriority,
  isStatus,
  OPEN_STATUSES,
  PRIORITIES,
  type Priority,
  STATUSES,
  type Status,
} from './model';
import type { GroupField, QueueSearch } from './schemas';
import type { Step, StepVerb } from './steps';

/** A place that a card can be moved to; nothing as its value stands for nobody, or no team. */
export interface Place {
  value: string | null;
  /** Name of the person or team. */
  name?: string | null;
}

/** A column of a board. */
export interface BoardColumn extends Place {
  /** How many tickets are in it, loaded or not. */
  count: number;
}

interface Known {
  groups: readonly TicketGroup[];
  teams: readonly Place[];
  /** Who looks at the board: has a column among people. */
  me?: Place;
}

/** Statuses that a list shows; all of them without a filter. */
function shownStatuses({ status }: Pick<QueueSearch, 'status'>): readonly Status[] {
  if (!status) return STATUSES;
  return STATUSES.filter((each) => status.includes(each) || (status.includes('open') && OPEN_STATUSES.includes(each)));
}

function withCounts(places: readonly Place[], groups: readonly TicketGroup[]): BoardColumn[] {
  const countOf = (place: Place) => groups.find((group) => (group.value ?? null) === place.value)?.count ?? 0;
  return places.map((place) => ({ ...place, count: countOf(place) }));
}

/**
 * The columns of a board in their order. Words have one each, empty or not, as far as the filters let
 * them through; of people those who have something, and who looks at it; of teams all.
 */
export function columnsOf(field: GroupField, search: QueueSearch, { groups, teams, me }: Known): BoardColumn[] {
  if (field === 'status')
    return withCounts(
      shownStatuses(search).map((value) => ({ value })),
      groups,
    );
  if (field === 'priority') {
    const shown = PRIORITIES.filter((value) => !search.priority || search.priority.includes(value));
    return withCounts(
      shown.map((value) => ({ value })),
      groups,
    );
  }
  const isFiltered = field === 'team' ? search.team !== undefined : search.assigned_to !== undefined;
  const always: readonly Place[] = isFiltered ? [] : [{ value: null }, ...(me ? [me] : []), ...teams];
  const found = groups.map(({ value, name }) => ({ value: value ?? null, name }));
  const places = [...new Map([...always, ...found].map((place) => [place.value, place])).values()];
  const usable = places.filter(({ value, name }) => value === null || Boolean(name));
  const sorted = sortGroups(field, withCounts(usable, groups)).map(({ value, name, count }) => ({
    value: value ?? null,
    name,
    count,
  }));
  // What nobody has is what someone should look at first.
  return [...sorted.filter(({ value }) => value === null), ...sorted.filter(({ value }) => value !== null)];
}

/** Where a card can go besides the columns: what the filters leave out. No step leads back to "new". */
export function placesBeside(field: GroupField, columns: readonly Place[]): Place[] {
  const words: readonly string[] = field === 'status' ? STATUSES : field === 'priority' ? PRIORITIES : [];
  return words
    .filter((value) => value !== 'new' && !columns.some((column) => column.value === value))
    .map((value) => ({ value }));
}

/** The cards of a column: what was loaded, as it is now, and what came into it meanwhile on top. */
export function cardsOf(
  field: GroupField,
  value: string | null,
  loaded: readonly TicketRowView[],
  changed: readonly TicketRowView[],
  matching: readonly TicketRowView[],
): TicketRowView[] {
  const known = new Set(loaded.map(({ id }) => id));
  const came = matching.filter((row) => !known.has(row.id));
  return [...withPatches(came, changed), ...withPatches(loaded, changed)].filter((row) => belongsTo(field, value, row));
}

/** What has to be done to bring a ticket to a place. */
export type Move =
  | { kind: 'none' }
  /** `told` is the server's answer; without it no step leads there at all. */
  | { kind: 'refused'; told: ActionView | null }
  | { kind: 'step'; step: Step }
  /** The step needs to know more. */
  | { kind: 'ask'; verb: StepVerb }
  | { kind: 'priority'; priority: Priority };

/** The step that leads from one status to another. */
function verbTo(from: string, to: Status): StepVerb | null {
  switch (to) {
    case 'assigned':
      return from === 'new' ? 'assign' : null;
    case 'in_progress':
      if (from === 'on_hold') return 'resume';
      return isStatus(from) && !OPEN_STATUSES.includes(from) ? 'reopen' : 'start';
    case 'on_hold':
      return 'hold';
    case 'resolved':
      return 'resolve';
    case 'closed':
      return 'close';
    case 'cancelled':
      return 'cancel';
    default:
      return null;
  }
}

type MovedTicket = Pick<TicketView, 'status' | 'priority' | 'assignee' | 'team' | 'allowed_actions'>;

function refusalOf(ticket: MovedTicket, verb: string): Move | null {
  const told = actionFor(ticket, verb);
  return told?.allowed ? null : { kind: 'refused', told: told ?? null };
}

function statusMove(ticket: MovedTicket, to: string): Move {
  const verb = isStatus(to) ? verbTo(ticket.status, to) : null;
  if (verb === null) return { kind: 'refused', told: null };
  const refusal = refusalOf(ticket, verb);
  if (refusal) return refusal;
  if (verb === 'start' || verb === 'resume' || verb === 'close') return { kind: 'step', step: { verb } };
  return { kind: 'ask', verb };
}

/** How a ticket gets to a place, by what the server allows with it; or why it does not. */
export function moveOf(field: GroupField, ticket: MovedTicket, { value, name }: Place): Move {
  if (belongsTo(field, value, ticket)) return { kind: 'none' };
  if (field === 'status') return statusMove(ticket, value ?? '');
  if (field === 'priority') {
    const refusal = refusalOf(ticket, 'update');
    if (refusal) return refusal;
    return isPriority(value) ? { kind: 'priority', priority: value } : { kind: 'refused', told: null };
  }
  const refusal = refusalOf(ticket, 'assign');
  if (refusal) return refusal;
  // A ticket is given to someone else, never to nobody.
  if (value === null) return { kind: 'refused', told: null };
  const who = { id: value, name: name ?? '' };
  return { kind: 'step', step: { verb: 'assign', ...(field === 'team' ? { team: who } : { assignee: who }) } };
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The card that the keyboard is on after a step; columns without cards are stepped over. */
export function nextCard(
  columns: readonly (readonly string[])[],
  current: string | null,
  direction: Direction,
): string | null {
  const at = columns.findIndex((cards) => current !== null && cards.includes(current));
  if (at === -1) return columns.find((cards) => cards.length > 0)?.[0] ?? null;
  const here = columns[at] ?? [];
  const index = here.indexOf(current ?? '');
  if (direction === 'up') return here[Math.max(0, index - 1)] ?? null;
  if (direction === 'down') return here[Math.min(here.length - 1, index + 1)] ?? null;
  const beside = direction === 'right' ? columns.slice(at + 1) : columns.slice(0, at).toReversed();
  const next = beside.find((cards) => cards.length > 0);
  return next?.[Math.min(index, next.length - 1)] ?? current;
}
