interface Candidate {
  id: string;
  size: number;
  dropOrder: number;
}

/** Ids of the columns that must go so that the rest fits into `width` pixels. */
export function columnsToDrop(columns: readonly Candidate[], width: number): string[] {
  const dropped: string[] = [];
  let needed = columns.reduce((sum, column) => sum + column.size, 0);
  const candidates = columns.filter((column) => column.dropOrder > 0).toSorted((a, b) => b.dropOrder - a.dropOrder);
  for (const column of candidates) {
    if (needed <= width) break;
    needed -= column.size;
    dropped.push(column.id);
  }
  return dropped;
}
