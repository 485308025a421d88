import * as v from 'valibot';
import { PRIORITIES, STATUSES, TIMELINE_KINDS } from './model';

const uuid = v.pipe(v.string(), v.uuid());
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const person = v.union([v.picklist(['me', 'nobody']), uuid, word]);
const optional = <Schema extends v.GenericSchema>(schema: Schema) => v.fallback(v.optional(schema), undefined);

/** `open` stands for every status in which somebody still has to do something. */
export const STATUS_FILTERS = ['open', ...STATUSES] as const;
export const KINDS = ['incident', 'task'] as const;

/** What a list can be grouped by. */
export const GROUP_FIELDS = ['status', 'priority', 'assignee', 'team'] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];

/** Filters of the ticket list, named as the API names them. */
const filters = {
  search: optional(word),
  status: optional(v.array(v.picklist(STATUS_FILTERS))),
  priority: optional(v.array(v.picklist(PRIORITIES))),
  kind: optional(v.array(v.picklist(KINDS))),
  assigned_to: optional(person),
  requester: optional(person),
  requested_for: optional(person),
  watched_by: optional(person),
  team: optional(v.union([v.picklist(['mine', 'none']), uuid])),
  category: optional(word),
  subcategory: optional(word),
  tag: optional(word),
  parent: optional(word),
  created_after: optional(word),
  created_before: optional(word),
  updated_after: optional(word),
  updated_before: optional(word),
  resolved_after: optional(word),
  resolved_before: optional(word),
  external_reference: optional(word),
  /** A condition as JSON text, such as reports lead to. */
  condition: optional(v.pipe(v.string(), v.maxLength(16_000))),
};

/** What the address of the ticket list may hold; a bad value is dropped, not an error. */
export const queueSearchSchema = v.object({
  ...filters,
  sort: optional(v.pipe(v.string(), v.regex(/^-?[a-z_]{1,40}(,-?[a-z_]{1,40})?$/))),
  columns: optional(v.array(word)),
  /** How the tickets are laid out; a list unless said. */
  layout: optional(v.literal('board')),
  /** What the list is grouped by, and what the columns of a board are. */
  group: optional(v.picklist(GROUP_FIELDS)),
  /** What of the open ticket's timeline is shown. */
  timeline: optional(v.picklist(TIMELINE_KINDS)),
  /** The saved view that this began with. */
  view: optional(v.union([v.literal('all'), uuid])),
  /** Number of the ticket in the split view. */
  peek: optional(v.string()),
});

/** What the address of a ticket may hold. */
export const ticketSearchSchema = v.object({ timeline: optional(v.picklist(TIMELINE_KINDS)) });

export type QueueSearch = v.InferOutput<typeof queueSearchSchema>;
type FilterName = keyof typeof filters;

const FILTER_NAMES = Object.keys(filters).filter((name): name is FilterName => name in filters);

/** Filters that other pages lead to. */
export const PRESETS = {
  myOpen: { assigned_to: 'me', status: ['new', 'assigned', 'in_progress'], sort: 'next_breach_at' },
  onHold: { assigned_to: 'me', status: ['on_hold'], sort: 'updated_at' },
  unassigned: { assigned_to: 'nobody', status: ['open'], team: 'mine', sort: 'created_at' },
  everything: { view: 'all' },
} as const satisfies Record<string, QueueSearch>;

/** The filters by name, several words as one, parted by commas: as the API and saved views hold them. */
export function filtersOf(search: QueueSearch): Record<string, string> {
  const entries = FILTER_NAMES.map((name) => {
    const value = search[name];
    return [name, Array.isArray(value) ? value.join(',') : value] as const;
  });
  return Object.fromEntries(entries.filter((entry): entry is [FilterName, string] => Boolean(entry[1])));
}

/** How a view of one's own keeps what is on the screen: for the API. */
export function lookOf({ sort, columns, layout, group }: QueueSearch) {
  return { sort: sort ?? null, columns: columns ?? [], layout: layout ?? ('list' as const), group_by: group ?? null };
}

/** How the list is laid out: stays when other tickets are listed. */
export function layoutOf({ layout, group }: QueueSearch): Pick<QueueSearch, 'layout' | 'group'> {
  return layout ? { layout, group } : {};
}

/** Parameters of the list request. */
export function queueQuery(search: QueueSearch) {
  return { ...filtersOf(search), ...(search.sort && { sort: search.sort }) };
}

const LISTS: readonly string[] = ['status', 'priority', 'kind'];

interface StoredView {
  id: string;
  filters: Readonly<Record<string, string>>;
  sort?: string | null;
  columns: readonly string[];
  /** Nothing: as its reader has it. */
  layout?: 'list' | 'board' | null;
  group_by?: GroupField | null;
}

/** What the address holds when a saved view is opened, over the layout that is in use. */
export function searchOfView(view: StoredView, inUse: Pick<QueueSearch, 'layout' | 'group'> = {}): QueueSearch {
  const own = { layout: view.layout === 'board' ? ('board' as const) : undefined, group: view.group_by ?? undefined };
  const values = Object.entries(view.filters).map(([name, value]) => [
    name,
    LISTS.includes(name) ? value.split(',') : value,
  ]);
  return v.parse(queueSearchSchema, {
    ...Object.fromEntries(values),
    sort: view.sort ?? undefined,
    columns: view.columns.length > 0 ? [...view.columns] : undefined,
    view: view.id,
    ...(view.layout ? own : inUse),
  });
}

const sortedWords = (value: string) => value.split(',').toSorted().join(',');

/** Whether filters, order, columns or layout are other than the saved view has them. */
export function isChangedView(search: QueueSearch, view: StoredView): boolean {
  const now = filtersOf(search);
  const then = filtersOf(searchOfView(view));
  const names = new Set([...Object.keys(now), ...Object.keys(then)]);
  const hasOtherFilters = [...names].some((name) => sortedWords(now[name] ?? '') !== sortedWords(then[name] ?? ''));
  return (
    hasOtherFilters ||
    (search.sort ?? '') !== (view.sort ?? '') ||
    (search.columns ?? []).join() !== view.columns.join() ||
    (Boolean(view.layout) &&
      ((search.layout ?? 'list') !== view.layout || search.group !== (view.group_by ?? undefined)))
  );
}

/** Whether the address says nothing about what to list. */
export function isBare(search: QueueSearch): boolean {
  return !search.view && !search.sort && !search.columns && Object.keys(filtersOf(search)).length === 0;
}
