/** Every event that a webhook can listen for, by group; as the server has them. */
export const GROUPS = {
  ticket: [
    'ticket.created',
    'ticket.resolved',
    'ticket.reopened',
    'ticket.on_hold',
    'ticket.closed',
    'ticket.cancelled',
    'ticket.assigned',
    'ticket.commented',
    'ticket.updated',
    'ticket.escalated',
    'ticket.unassignable',
    'ticket.attachment_added',
    'ticket.attachment_removed',
  ],
  sla: ['sla.threshold_reached', 'sla.breached', 'sla.reminded'],
  major_incident: [
    'major_incident.declared',
    'major_incident.changed',
    'major_incident.updated',
    'major_incident.update_overdue',
    'major_incident.stood_down',
    'major_incident.reviewed',
  ],
} as const;

export type Group = keyof typeof GROUPS;
export type Kind = (typeof GROUPS)[Group][number];

export const GROUP_NAMES: readonly Group[] = ['ticket', 'sla', 'major_incident'];

/** Whether a webhook with these words hears of a kind. */
export function hears(words: readonly string[], kind: Kind): boolean {
  return words.includes('*') || words.includes(`${groupOf(kind)}.*`) || words.includes(kind);
}

/** Whether the kind cannot be taken away by itself, because a wider word holds it. */
export function isHeld(words: readonly string[], kind: Kind): boolean {
  return words.includes('*') || words.includes(`${groupOf(kind)}.*`);
}

/** The words after one was switched on or off; a wider word takes the place of what it holds. */
export function toggled(words: readonly string[], word: string, isOn: boolean): string[] {
  const rest = words.filter((other) => other !== word && !(isOn && holds(word, other)));
  return isOn ? [...rest, word] : rest;
}

function holds(word: string, other: string): boolean {
  return word === '*' || (word.endsWith('.*') && other.startsWith(word.slice(0, -1)));
}

function groupOf(kind: Kind): string {
  return kind.slice(0, kind.indexOf('.'));
}
