import * as v from 'valibot';
import { OPEN_STATUSES, PRIORITIES, STATUSES } from './model';

const uuid = v.pipe(v.string(), v.uuid());
const person = v.union([v.picklist(['me', 'nobody']), uuid]);

/** What the address of the ticket list may hold; a bad value is dropped, not an error. */
export const queueSearchSchema = v.object({
  status: v.fallback(v.optional(v.array(v.picklist(STATUSES))), undefined),
  priority: v.fallback(v.optional(v.array(v.picklist(PRIORITIES))), undefined),
  assigned_to: v.fallback(v.optional(person), undefined),
  requester: v.fallback(v.optional(person), undefined),
  team: v.fallback(v.optional(uuid), undefined),
  /** Number of the ticket in the split view. */
  peek: v.fallback(v.optional(v.string()), undefined),
});

export type QueueSearch = v.InferOutput<typeof queueSearchSchema>;

/** Filters that have a name of their own. */
export const PRESETS = {
  myOpen: { assigned_to: 'me', status: [...OPEN_STATUSES] },
  unassigned: { assigned_to: 'nobody', status: [...OPEN_STATUSES] },
  allOpen: { status: [...OPEN_STATUSES] },
  everything: {},
} as const satisfies Record<string, QueueSearch>;

export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES: readonly Preset[] = ['myOpen', 'unassigned', 'allOpen', 'everything'];

function filterKey({ peek: _, ...filters }: QueueSearch): string {
  const entries = Object.entries(filters)
    .filter(([, value]) => value !== undefined && value.length > 0)
    .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value]);
  return JSON.stringify(entries.toSorted());
}

/** The preset that these filters are, if any. */
export function presetOf(search: QueueSearch): Preset | null {
  const key = filterKey(search);
  return PRESET_NAMES.find((name) => filterKey(PRESETS[name]) === key) ?? null;
}

/** Parameters of the list request; several words go as one, parted by commas. */
export function queueQuery(search: QueueSearch) {
  const words = (list: readonly string[] | undefined) => (list && list.length > 0 ? list.join(',') : undefined);
  return {
    status: words(search.status),
    priority: words(search.priority),
    assigned_to: search.assigned_to,
    requester: search.requester,
    team: search.team,
  };
}
