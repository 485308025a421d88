import type { EscalationActions, EscalationBeforeDue, EscalationReminder, EscalationRules } from '@/api';

/** Reminders of a ticket in which nothing happens, with what is usual. */
export const REMINDERS = [
  ['no_response', 30],
  ['critical_unresolved', 60],
  ['no_update', 24 * 60],
] as const;
export type ReminderName = (typeof REMINDERS)[number][0];

/** What can be done, one column each; the first three tell someone. */
export const COLUMNS = ['assignee', 'lead', 'managers', 'raises_level', 'assigns_lead', 'notes'] as const;
export type Column = (typeof COLUMNS)[number];

export const MOST_THRESHOLDS = 10;

const isAudience = (column: Column) => column === 'assignee' || column === 'lead' || column === 'managers';

export const NO_ACTIONS: EscalationActions = { tells: [], raises_level: false, assigns_lead: false, notes: false };

export function isDone(actions: EscalationActions, column: Column): boolean {
  if (column === 'assignee' || column === 'lead' || column === 'managers') return actions.tells.includes(column);
  const { raises_level, assigns_lead, notes } = actions;
  return { raises_level, assigns_lead, notes }[column];
}

export function withDone(actions: EscalationActions, column: Column, isOn: boolean): EscalationActions {
  if (!isAudience(column)) return { ...actions, [column]: isOn };
  const audience = COLUMNS.filter(
    (each): each is 'assignee' | 'lead' | 'managers' =>
      isAudience(each) && (each === column ? isOn : isDone(actions, each)),
  );
  return { ...actions, tells: audience };
}

/** The next free percent: where a new threshold begins. */
export function freePercent(rules: EscalationRules): number {
  const used = new Set(rules.thresholds.map((threshold) => threshold.percent));
  const wishes = [50, 75, 90, 25, 80, 95, 60, 70, 40, 30, 85];
  return wishes.find((percent) => !used.has(percent)) ?? 1;
}

/** The times before a clock is due at which something is done. */
export function beforeDueOf(rules: EscalationRules): EscalationBeforeDue[] {
  return rules.before_due ?? [];
}

/** Minutes before due that no other has: where a new one begins. */
export function freeMinutes(rules: EscalationRules): number {
  const used = new Set(beforeDueOf(rules).map((before) => before.minutes));
  const wishes = [30, 60, 15, 120, 10, 5, 240, 45, 90, 20, 480];
  return wishes.find((minutes) => !used.has(minutes)) ?? 1;
}

export function reminderOf(rules: EscalationRules, name: ReminderName): EscalationReminder | null {
  const { no_response, critical_unresolved, no_update } = rules;
  return { no_response, critical_unresolved, no_update }[name] ?? null;
}
