import { createContext } from 'react';

/** What can be changed in a row of the list. */
export type RowField = 'assignee' | 'status' | 'priority';

export interface RowEdit {
  /** The cell that is being changed. */
  editing: { number: string; field: RowField } | null;
  begin: (number: string, field: RowField) => void;
  end: () => void;
}

export const RowEditContext = createContext<RowEdit>({ editing: null, begin: () => {}, end: () => {} });
