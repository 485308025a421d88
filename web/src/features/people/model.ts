import type { UserPatch, UserView } from '@/api';

/** What the form over a person shows. Text fields are empty where the record holds nothing. */
export interface UserValues extends Record<string, unknown> {
  first_name: string;
  last_name: string;
  email: string;
  username: string;
  phone: string;
  time_zone: string | null;
  locale: string | null;
  manager_id: string | null;
  department_id: string | null;
  site_id: string | null;
  skills: string[];
  away_from: string;
  away_until: string;
  max_open_tickets: number | '';
  experience: number;
  roles: string[];
}

/** The day of an instant on the reader's calendar, as a date input wants it. */
export function dayOf(at: string | null | undefined): string {
  if (!at) return '';
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The begin of a day in the reader's zone; nothing for no day. */
export function startOf(day: string): string | null {
  const at = new Date(`${day}T00:00:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString().replace('.000Z', 'Z');
}

export function userValues(user: UserView): UserValues {
  return {
    first_name: user.first_name,
    last_name: user.last_name,
    email: user.email,
    username: user.username,
    phone: user.phone ?? '',
    time_zone: user.time_zone ?? null,
    locale: user.locale ?? null,
    manager_id: user.manager?.id ?? null,
    department_id: user.department?.id ?? null,
    site_id: user.site?.id ?? null,
    skills: user.skills,
    away_from: dayOf(user.away_from),
    away_until: dayOf(user.away_until),
    max_open_tickets: user.max_open_tickets ?? '',
    experience: user.experience,
    roles: user.roles.toSorted(),
  };
}

/** The patch for what changed in the form. */
export function userPatch(changes: Partial<UserValues>): UserPatch {
  const { phone, away_from, away_until, max_open_tickets, ...same } = changes;
  return {
    ...same,
    ...(phone !== undefined && { phone: phone.trim() || null }),
    ...(away_from !== undefined && { away_from: startOf(away_from) }),
    ...(away_until !== undefined && { away_until: startOf(away_until) }),
    ...(max_open_tickets !== undefined && { max_open_tickets: max_open_tickets === '' ? null : max_open_tickets }),
  };
}
