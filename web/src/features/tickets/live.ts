import type { TicketRowView } from '@/api';

/** Rows with what changed on the server since; a row never goes back to an older version. */
export function withPatches(rows: readonly TicketRowView[], patches: readonly TicketRowView[]): TicketRowView[] {
  if (patches.length === 0) return [...rows];
  const byId = new Map(patches.map((row) => [row.id, row]));
  return rows.map((row) => {
    const patch = byId.get(row.id);
    return patch && patch.version > row.version ? patch : row;
  });
}

/** How many of the tickets that match now would be new in the list. */
export function countNew(
  rows: readonly TicketRowView[],
  matching: readonly TicketRowView[],
  since: string,
  isComplete: boolean,
): number {
  const known = new Set(rows.map((row) => row.id));
  // A ticket of old that is not loaded may stand further down.
  return matching.filter((row) => !known.has(row.id) && (isComplete || row.created_at >= since)).length;
}
