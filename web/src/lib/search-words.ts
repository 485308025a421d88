const STATUSES = ['new', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed', 'cancelled', 'open'];
const PERSONS = ['me', 'nobody'];

/** Filters in words whose values are known beforehand; a value that is not complete yet is an error to the server. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  is: [...STATUSES, 'unassigned', 'mine', 'breached'],
  status: STATUSES,
  priority: ['critical', 'high', 'medium', 'low'],
  kind: ['incident', 'task'],
  sla: ['breached', 'kept'],
  assignee: PERSONS,
  requester: PERSONS,
  team: [],
};

const TYPING_MS = 150;
const THINKING_MS = 900;

/** Whether the last word is a filter that is still being typed: `is:op`. */
export function isUnfinished(text: string): boolean {
  const [, name = '', value = ''] = /(?:^|\s)([a-z]+):(\S*|"[^"]*"?)$/i.exec(text) ?? [];
  const known = VALUES[name.toLowerCase()];
  if (!known || (value.length > 1 && value.endsWith('"'))) return false;
  return !known.includes(value.toLowerCase().split(',').at(-1) ?? '');
}

/** How long to wait for the next key before a search is asked for. */
export function pauseAfter(text: string): number {
  return isUnfinished(text) ? THINKING_MS : TYPING_MS;
}

/** The words without the filters. */
export function plainWords(text: string): string {
  return text.replaceAll(/(?:^|\s)[a-z]+:(?:"[^"]*"?|\S*)/gi, ' ').trim();
}
