import type { ActionView, TicketView, TimelineItem } from '@/api';

export const STATUSES = ['new', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];
/** Someone still has to do something. */
export const OPEN_STATUSES: readonly Status[] = ['new', 'assigned', 'in_progress', 'on_hold'];

export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const LEVELS = ['high', 'medium', 'low'] as const;
export type Level = (typeof LEVELS)[number];

export const RESOLUTION_CODES = [
  'solved',
  'workaround',
  'duplicate',
  'not_reproducible',
  'no_fault',
  'withdrawn',
] as const;
export type ResolutionCode = (typeof RESOLUTION_CODES)[number];

const SOURCES = ['portal', 'email', 'phone', 'api', 'monitoring', 'chat'] as const;

function isOneOf<Word extends string>(words: readonly Word[]): (text: unknown) => text is Word {
  return (text): text is Word => words.some((word) => word === text);
}

export const isStatus = isOneOf(STATUSES);
export const isPriority = isOneOf(PRIORITIES);
export const isLevel = isOneOf(LEVELS);
export const isResolutionCode = isOneOf(RESOLUTION_CODES);
export const isSource = isOneOf(SOURCES);

/** What the server says about a verb for this person now; nothing when the verb does not exist. */
export function actionFor(ticket: Pick<TicketView, 'allowed_actions'>, verb: string): ActionView | undefined {
  return ticket.allowed_actions.find((action) => action.verb === verb);
}

export function isAllowed(ticket: Pick<TicketView, 'allowed_actions'>, verb: string): boolean {
  return actionFor(ticket, verb)?.allowed ?? false;
}

/** Where the Progress of a request stands, in the steps that a requester understands. */
export function progressStep(status: string): number {
  if (status === 'new') return 0;
  if (status === 'assigned') return 1;
  if (status === 'in_progress' || status === 'on_hold') return 2;
  return status === 'resolved' ? 3 : 4;
}

export type TimelineEntry =
  | { kind: 'comment'; id: string; item: TimelineItem }
  | { kind: 'changes'; id: string; at: string; actor: TimelineItem['actor']; items: TimelineItem[] };

const TOGETHER_MS = 2_000;

/** Comments as they are; changes that one person made at once become one entry. */
export function groupTimeline(items: readonly TimelineItem[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (const item of items) {
    if (item.type !== 'activity') {
      entries.push({ kind: 'comment', id: item.id, item });
      continue;
    }
    const last = entries.at(-1);
    const isTogether =
      last?.kind === 'changes' &&
      last.actor?.id === item.actor?.id &&
      Date.parse(item.at) - Date.parse(last.at) <= TOGETHER_MS;
    if (isTogether) last.items.push(item);
    else entries.push({ kind: 'changes', id: item.id, at: item.at, actor: item.actor, items: [item] });
  }
  return entries;
}

export const LINK_KINDS = ['relates_to', 'duplicates', 'caused_by', 'blocks'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];
export const isLinkKind = isOneOf(LINK_KINDS);

export const TIMELINE_KINDS = ['all', 'comments', 'notes', 'changes'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
export const isTimelineKind = isOneOf(TIMELINE_KINDS);

export function filterTimeline(entries: readonly TimelineEntry[], kind: TimelineKind): TimelineEntry[] {
  if (kind === 'all') return [...entries];
  return entries.filter((entry) => {
    if (entry.kind !== 'comment') return kind === 'changes';
    return kind === (entry.item.visibility === 'internal' ? 'notes' : 'comments');
  });
}

/** Whether the fields of a ticket are offered for change. */
export function isEditable(ticket: Pick<TicketView, 'allowed_actions'>): boolean {
  return isAllowed(ticket, 'update');
}
