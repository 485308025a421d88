/** What the next view of a ticket should begin with: a reply, a note, a link. */
export type Intent = 'reply' | 'note' | 'link';

let waiting: { number: string; intent: Intent } | null = null;

export function setIntent(number: string, intent: Intent): void {
  waiting = { number, intent };
}

/** The intent for a ticket, once. */
export function takeIntent(number: string, wanted: readonly Intent[]): Intent | null {
  if (waiting?.number !== number || !wanted.includes(waiting.intent)) return null;
  const { intent } = waiting;
  waiting = null;
  return intent;
}
