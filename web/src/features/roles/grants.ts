import type { PermissionView } from '@/api';

/** A grant in its parts: `ticket:read` and how far it reaches. */
export interface Grant {
  name: string;
  scope: string;
}

export function readGrant(text: string): Grant {
  const at = text.lastIndexOf(':');
  return { name: text.slice(0, at), scope: text.slice(at + 1) };
}

/** How far a set of grants reaches for a permission; null where it is not granted. */
export function scopeOf(grants: readonly string[], name: string): string | null {
  return grants.map(readGrant).find((grant) => grant.name === name)?.scope ?? null;
}

/** The grants with one permission set to another scope, or taken out. */
export function withScope(grants: readonly string[], name: string, scope: string | null): string[] {
  const others = grants.filter((grant) => readGrant(grant).name !== name);
  return (scope === null ? others : [...others, `${name}:${scope}`]).toSorted();
}

/** What is acted on, in the groups in which an administrator thinks of it. */
const SECTIONS = {
  tickets: ['ticket', 'attachment', 'view', 'major_incident'],
  people: ['user', 'team', 'department', 'site', 'role', 'organization'],
  desk: [
    'category',
    'priority_matrix',
    'custom_field',
    'desk_settings',
    'reply_template',
    'announcement',
    'mailbox',
    'notification_template',
    'notification_channel',
  ],
  levels: ['sla', 'report'],
  system: ['job', 'webhook', 'system'],
} as const;

export type SectionName = keyof typeof SECTIONS | 'other';

const NAMES: readonly SectionName[] = ['tickets', 'people', 'desk', 'levels', 'system', 'other'];

function sectionOf(permission: PermissionView): SectionName {
  const resource = permission.name.split(':')[0];
  const found = Object.entries(SECTIONS).find(([, resources]) => resources.some((each) => each === resource));
  return NAMES.find((name) => name === found?.[0]) ?? 'other';
}

/** The vocabulary in sections, none of them empty; what a newer server adds comes last. */
export function bySection(permissions: readonly PermissionView[]): [SectionName, PermissionView[]][] {
  return NAMES.map((name): [SectionName, PermissionView[]] => [
    name,
    permissions.filter((permission) => sectionOf(permission) === name),
  ]).filter(([, found]) => found.length > 0);
}

/** Lower-case letters, digits and underscores, as the server wants the name of a role. */
export function roleSlug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
    .replaceAll(/[^a-z0-9_]/g, '')
    .slice(0, 50);
}
