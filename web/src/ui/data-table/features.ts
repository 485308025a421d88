import { columnSizingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table';

/** What a column says besides its cells. */
export interface ColumnFacts {
  /** Name on the screen, for the column chooser and cards. */
  label: string;
  /** Field to sort by on the server; without it the column cannot be sorted. */
  sortKey?: string;
  /** The column that takes the room that is left. */
  isGrowing?: boolean;
  /** Which columns go first where room is short: the highest number. 0 never goes. */
  dropOrder?: number;
}

declare module '@tanstack/react-table' {
  interface ColumnMeta<in out TFeatures, in out TData, TValue> extends ColumnFacts {}
}

/** The parts of TanStack Table in use; the server filters, sorts and pages. */
export const features = tableFeatures({ columnSizingFeature, columnVisibilityFeature });

export type TableFeaturesInUse = typeof features;

/** Column definitions for a kind of row. */
export function columnsFor<Row extends object>() {
  return createColumnHelper<TableFeaturesInUse, Row>();
}
