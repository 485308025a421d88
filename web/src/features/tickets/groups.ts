import type { TicketGroup, TicketRowView } from '@/api';
import { PRIORITIES, STATUSES } from './model';
import type { GroupField } from './schemas';

/** Where a word stands among all, the unknown last. */
function placeIn(words: readonly string[], word: string | null | undefined): number {
  const at = words.indexOf(word ?? '');
  return at < 0 ? words.length : at;
}

/** Groups in the order of the screen: a life from its begin, the urgent first, names by the alphabet, nobody last. */
export function sortGroups(field: GroupField, groups: readonly TicketGroup[]): TicketGroup[] {
  if (field === 'status') return groups.toSorted((a, b) => placeIn(STATUSES, a.value) - placeIn(STATUSES, b.value));
  if (field === 'priority') {
    return groups.toSorted((a, b) => placeIn(PRIORITIES, a.value) - placeIn(PRIORITIES, b.value));
  }
  return groups.toSorted((a, b) => {
    if (!a.value || !b.value) return Number(!a.value) - Number(!b.value);
    return (a.name ?? '').localeCompare(b.name ?? '');
  });
}

/** The filter that leaves one group of a list. */
export function groupFilter(field: GroupField, group: Pick<TicketGroup, 'value'>): Record<string, string> {
  if (field === 'assignee') return { assigned_to: group.value ?? 'nobody' };
  if (field === 'team') return { team: group.value ?? 'none' };
  return { [field]: group.value ?? '' };
}

/** Which group a page was asked for, by what was asked. */
export function indexOfGroup(field: GroupField, groups: readonly TicketGroup[], asked: unknown): number {
  const text = JSON.stringify(asked) ?? '';
  const found = groups.findIndex((group) => {
    const filter = JSON.stringify(groupFilter(field, group));
    return text.includes(filter.slice(1, -1));
  });
  return Math.max(found, 0);
}

/** The group that a first row stands under, by number of that row. */
export type Headings = ReadonlyMap<string, TicketGroup>;

export interface GroupPage {
  group: TicketGroup;
  rows: readonly TicketRowView[];
}

/** Which rows begin a group: the first loaded ones. */
export function headingsOf(pages: readonly GroupPage[]): Headings {
  const headings = new Map<string, TicketGroup>();
  let last: TicketGroup | null = null;
  for (const { group, rows } of pages) {
    const first = rows[0];
    if (!first || group === last) continue;
    headings.set(first.number, group);
    last = group;
  }
  return headings;
}

/** Whether a ticket stands in the group of a value; nothing stands for nobody, or no team. */
export function belongsTo(
  field: GroupField,
  value: string | null,
  ticket: Pick<TicketRowView, 'status' | 'priority' | 'assignee' | 'team'>,
): boolean {
  return valueIn(field, ticket) === value;
}

/** What a ticket is grouped by: the word, or the id of the person or team. */
export function valueIn(
  field: GroupField,
  ticket: Pick<TicketRowView, 'status' | 'priority' | 'assignee' | 'team'>,
): string | null {
  return field === 'status' || field === 'priority' ? ticket[field] : (ticket[field]?.id ?? null);
}
