import type { MajorRowView, TicketRowView } from '@/api';

export const REQUEST_FILTERS = ['open', 'waiting', 'done'] as const;
export type RequestFilter = (typeof REQUEST_FILTERS)[number];

/** Narrows a text to a filter. */
export function isRequestFilter(text: unknown): text is RequestFilter {
  return REQUEST_FILTERS.some((filter) => filter === text);
}

const STATUSES: Record<RequestFilter, string> = {
  // A solved request is open for the requester until it is confirmed.
  open: 'new,assigned,in_progress,on_hold,resolved',
  waiting: 'resolved',
  done: 'closed,cancelled',
};

/** Parameters of the list of someone's own requests. */
export function requestsQuery(filter: RequestFilter, userId: string) {
  return { requester: userId, status: STATUSES[filter] };
}

/** What waits for the requester comes first; else the order stays. */
export function waitingFirst<Row extends Pick<TicketRowView, 'status'>>(rows: readonly Row[]): Row[] {
  const waits = (row: Row) => row.status === 'resolved';
  return [...rows.filter(waits), ...rows.filter((row) => !waits(row))];
}

/** Whether nothing was typed: every field is blank or as it begins. */
export function isBlank(fields: Record<string, string>, empty: Record<string, string>): boolean {
  return Object.entries(fields).every(([name, value]) => value.trim() === '' || value === empty[name]);
}

/** The texts of a stored draft that belong to this form. */
export function ownTexts<Fields extends Record<string, string>>(
  content: Record<string, unknown>,
  empty: Fields,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(content).filter(
      (entry): entry is [string, string] => Object.hasOwn(empty, entry[0]) && typeof entry[1] === 'string',
    ),
  );
}

const SHORT_WORDS = 3;

/** The words of a text that tell something, in lower case and without accents. */
export function tellingWords(text: string): string[] {
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length >= SHORT_WORDS);
}

/** How well a text fits what is being typed: the part of its words found, by their beginnings. */
export function likeness(typed: readonly string[], text: string): number {
  if (typed.length === 0) return 0;
  const words = tellingWords(text);
  const found = typed.filter((word) => words.some((other) => other.startsWith(word) || word.startsWith(other)));
  return found.length / typed.length;
}

const ENOUGH = 0.34;
/** More would keep people from reporting. */
export const MOST_SUGGESTED = 3;

/** The records most like what is typed, best first. */
export function mostLike<Record>(
  typed: string,
  records: readonly Record[],
  textOf: (record: Record) => string,
): Record[] {
  const words = tellingWords(typed);
  return records
    .map((record) => ({ record, score: likeness(words, textOf(record)) }))
    .filter(({ score }) => score >= ENOUGH)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_SUGGESTED)
    .map(({ record }) => record);
}

/** What a major incident says about itself. */
export function textOfOutage(outage: Pick<MajorRowView, 'headline' | 'latest_update'>): string {
  return `${outage.headline} ${outage.latest_update?.body ?? ''}`;
}
