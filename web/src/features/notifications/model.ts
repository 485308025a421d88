import type { NotificationPreferences, NotificationPreferencesInput } from '@/api';

/** Why someone is told, in groups as people think of them. */
export const GROUPS = [
  { name: 'you', reasons: ['mentioned', 'assigned', 'unassigned', 'reported_for_you'] },
  { name: 'tickets', reasons: ['commented', 'resolved', 'reopened', 'on_hold', 'closed', 'cancelled'] },
  { name: 'levels', reasons: ['escalated', 'sla_breached', 'sla_at_risk'] },
] as const;

export type Reason = (typeof GROUPS)[number]['reasons'][number];

export const REASONS: readonly Reason[] = GROUPS.flatMap((group) => group.reasons);

/** What only those hear of who work on tickets. */
const OF_AGENTS: readonly Reason[] = ['assigned', 'unassigned', 'escalated', 'sla_breached', 'sla_at_risk'];

export const PACES = ['soon', 'hourly', 'daily', 'off'] as const;
export type Pace = (typeof PACES)[number];

export function isPace(word: string | undefined): word is Pace {
  return PACES.some((pace) => pace === word);
}

export function isReason(word: string): word is Reason {
  return REASONS.some((reason) => reason === word);
}

/** The groups with what this person can hear of. */
export function groupsOf(isAgent: boolean): { name: (typeof GROUPS)[number]['name']; reasons: Reason[] }[] {
  return GROUPS.map(({ name, reasons }) => ({
    name,
    reasons: reasons.filter((reason) => isAgent || !OF_AGENTS.includes(reason)),
  })).filter((group) => group.reasons.length > 0);
}

/** What holds for a person, as it is sent. */
export function inputOf(preferences: NotificationPreferences): NotificationPreferencesInput {
  return {
    email: pick(preferences.email, isPace),
    sms: pickShort(preferences.sms),
    in_app: pick(preferences.in_app, (value): value is boolean => typeof value === 'boolean'),
    quiet_hours: preferences.quiet_hours ?? null,
    daily_at: preferences.daily_at,
  };
}

/** What may be sent as a short message. */
export const SHORT = [
  'mentioned',
  'assigned',
  'escalated',
  'sla_breached',
  'sla_at_risk',
  'resolved',
  'reopened',
  'commented',
] as const;

export function isShort(reason: Reason): reason is (typeof SHORT)[number] {
  return SHORT.some((short) => short === reason);
}

function pickShort(all: Record<string, boolean>): Partial<Record<(typeof SHORT)[number], boolean>> {
  return Object.fromEntries(SHORT.map((reason) => [reason, all[reason] ?? false]));
}

function pick<From, To extends From>(
  all: Record<string, From>,
  isIt: (value: From) => value is To,
): Partial<Record<Reason, To>> {
  const kept: Partial<Record<Reason, To>> = {};
  for (const reason of REASONS) {
    const value = all[reason];
    if (value !== undefined && isIt(value)) kept[reason] = value;
  }
  return kept;
}

/** The reasons by when mail about them is sent. */
export function byPace(preferences: NotificationPreferences, reasons: readonly Reason[]): Record<Pace, Reason[]> {
  const found: Record<Pace, Reason[]> = { soon: [], hourly: [], daily: [], off: [] };
  for (const reason of reasons) {
    const pace = preferences.email[reason];
    found[isPace(pace) ? pace : 'off'].push(reason);
  }
  return found;
}

/** Whether two times of day make quiet hours. */
export function isQuietPossible(from: string, until: string): boolean {
  const time = /^([01]\d|2[0-3]):[0-5]\d$/;
  return time.test(from) && time.test(until) && from !== until;
}

/** A subject without the number of its ticket before it, where the number stands beside it anyway. */
export function withoutNumber(subject: string, number: string | null | undefined): string {
  const mark = `[${number}] `;
  return number && subject.startsWith(mark) ? subject.slice(mark.length) : subject;
}
