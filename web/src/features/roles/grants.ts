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

/** The vocabulary by what is acted on, in the order of the vocabulary. */
export function byResource(permissions: readonly PermissionView[]): [string, PermissionView[]][] {
  const groups = new Map<string, PermissionView[]>();
  for (const permission of permissions) {
    const resource = permission.name.split(':')[0] ?? '';
    groups.set(resource, [...(groups.get(resource) ?? []), permission]);
  }
  return [...groups.entries()];
}

/** Lower-case letters, digits and underscores, as the server wants the name of a role. */
export function roleSlug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
    .replaceAll(/[^a-z0-9_]/g, '')
    .slice(0, 50);
}
