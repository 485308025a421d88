import type { ReactNode } from 'react';

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

/** A column of a list. The server filters, sorts and pages, so that a column only draws. */
export interface Column<Row extends object> {
  id: string;
  header: string | (() => ReactNode);
  /** Pixels. */
  size?: number;
  meta: ColumnFacts;
  cell: (context: { row: { original: Row } }) => ReactNode;
}

/** Pixels of a column that says nothing. */
export const USUAL_SIZE = 150;

/** Column definitions for a kind of row. */
export function columnsFor<Row extends object>() {
  return {
    display: (column: Column<Row>): Column<Row> => column,
    columns: (columns: Column<Row>[]): Column<Row>[] => columns,
  };
}
