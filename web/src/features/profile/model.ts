import type { EffectivePermission, UserView } from '@/api';

export const SECTIONS = ['you', 'security', 'notifications', 'tokens', 'appearance', 'keys'] as const;
export type Section = (typeof SECTIONS)[number];

/** Browser and system of a session, as far as what it called itself tells. */
export function programOf(userAgent: string): { browser: string; system: string } | null {
  const browsers: [RegExp, string][] = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\/|CriOS\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X|Macintosh/, 'macOS'],
    [/CrOS/, 'ChromeOS'],
    [/Linux/, 'Linux'],
  ];
  const browser = browsers.find(([mark]) => mark.test(userAgent))?.[1];
  const system = systems.find(([mark]) => mark.test(userAgent))?.[1];
  return browser && system ? { browser, system } : null;
}

/** `resource:action:scope`, the form in which a token names what it may do. */
export function grantOf(permission: Pick<EffectivePermission, 'name' | 'scope'>): string {
  return `${permission.name}:${permission.scope}`;
}

export function isReading(name: string): boolean {
  return name.endsWith(':read');
}

/** By resource, each in the order of the server. */
export function byResource(permissions: readonly EffectivePermission[]): [string, EffectivePermission[]][] {
  const groups = new Map<string, EffectivePermission[]>();
  for (const permission of permissions) {
    const resource = permission.name.split(':')[0] ?? permission.name;
    groups.set(resource, [...(groups.get(resource) ?? []), permission]);
  }
  return [...groups];
}

/** The day of an instant where the reader is: `2026-03-01`. */
export function dayOf(at: string | null | undefined): string {
  if (!at) return '';
  const day = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The begin of a day where the reader is, or its end, as an instant. */
export function instantOf(day: string, end: 'begin' | 'end'): string | null {
  const at = new Date(`${day}T${end === 'begin' ? '00:00:00' : '23:59:59'}`);
  return day && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}

/** What stands in the form about a person. */
export function formValues(me: UserView) {
  return {
    first_name: me.first_name,
    last_name: me.last_name,
    phone: me.phone ?? '',
    time_zone: me.time_zone ?? '',
    locale: me.locale ?? '',
    away_from: dayOf(me.away_from),
    away_until: dayOf(me.away_until),
  };
}
