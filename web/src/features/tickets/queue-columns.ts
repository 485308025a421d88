/** Columns that the list can show, in their usual order. */
export const COLUMN_NAMES = [
  'number',
  'title',
  'status',
  'priority',
  'sla',
  'assignee',
  'requester',
  'team',
  'kind',
  'created_at',
  'updated_at',
] as const;

export type ColumnName = (typeof COLUMN_NAMES)[number];

/** Shown until someone chooses. */
export const USUAL_COLUMNS: readonly ColumnName[] = [
  'number',
  'title',
  'status',
  'priority',
  'sla',
  'assignee',
  'requester',
  'team',
  'updated_at',
];

function known(names: readonly string[]): ColumnName[] {
  return names.flatMap((name) => COLUMN_NAMES.filter((each) => each === name));
}

/** The columns to show: those of the address, else the person's own, else the usual ones. The title is always there. */
export function columnsToShow(address: readonly string[] | undefined, own: readonly string[]): readonly ColumnName[] {
  const chosen = [address ?? [], own].map(known).find((names) => names.length > 0) ?? USUAL_COLUMNS;
  return chosen.includes('title') ? chosen : ['title', ...chosen];
}
