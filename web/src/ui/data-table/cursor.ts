/** The row that the keyboard is on after a step; stays inside the list. */
export function stepCursor(ids: readonly string[], current: string | null, step: number): string | null {
  if (ids.length === 0) return null;
  const index = current === null ? -1 : ids.indexOf(current);
  if (index === -1) return ids[step > 0 ? 0 : ids.length - 1] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, index + step))] ?? null;
}

/** The ids from one row to another, both included, in either direction. */
export function rangeBetween(ids: readonly string[], from: string, to: string): string[] {
  const a = ids.indexOf(from);
  const b = ids.indexOf(to);
  if (a === -1 || b === -1) return b === -1 ? [] : [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
