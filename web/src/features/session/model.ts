/** The three parts of the application. */
export type Room = 'portal' | 'agent' | 'admin';

const WORKING_ROLES = new Set(['agent', 'manager', 'admin', 'auditor']);
const ADMINISTERING_ROLES = new Set(['manager', 'admin']);

/** Which parts are offered to someone; the server decides anew on every request. */
export function roomsOf(roles: readonly string[]): Room[] {
  const rooms: Room[] = ['portal'];
  if (roles.some((role) => WORKING_ROLES.has(role))) rooms.push('agent');
  if (roles.some((role) => ADMINISTERING_ROLES.has(role))) rooms.push('admin');
  return rooms;
}

/** Where someone starts. */
export function homeOf(roles: readonly string[]): '/agent' | '/portal' {
  return roomsOf(roles).includes('agent') ? '/agent' : '/portal';
}

/** The address to go to after signing in: inside this application only. */
export function safeNext(next: string | undefined, fallback: string): string {
  const isInside =
    next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') && !next.startsWith('/sign-in');
  return isInside && next ? next : fallback;
}

/** Shorter ones the server refuses. */
export const MIN_PASSWORD = 12;

/** The token in the part of an address after `#`: `token=…`. */
export function tokenOf(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
}
