import { useCallback, useMemo, useRef } from 'react';
import { allOrNone, extended, toggled } from './selection';

interface UseSelection {
  ids: readonly string[];
  selection: ReadonlySet<string> | undefined;
  onSelection: ((selection: ReadonlySet<string>) => void) | undefined;
}

export interface SelectionCommands {
  toggle: (id: string) => void;
  extend: (id: string) => void;
  toggleAll: () => void;
}

/** Changes which rows are selected; the last row that was touched is where a range begins. */
export function useSelection({ ids, selection, onSelection }: UseSelection): SelectionCommands | null {
  const anchor = useRef<string | null>(null);
  const state = useRef({ ids, selection, onSelection });
  state.current = { ids, selection, onSelection };
  const change = useCallback((next: (now: ReadonlySet<string>, ids: readonly string[]) => Set<string>) => {
    const { ids, selection, onSelection } = state.current;
    if (selection) onSelection?.(next(selection, ids));
  }, []);
  const isOn = selection !== undefined;
  return useMemo(
    () =>
      isOn
        ? {
            toggle: (id: string) => {
              anchor.current = id;
              change((now) => toggled(now, id));
            },
            extend: (id: string) => {
              const from = anchor.current;
              anchor.current = id;
              change((now, all) => extended(now, all, from, id));
            },
            toggleAll: () => change((now, all) => allOrNone(now, all)),
          }
        : null,
    [isOn, change],
  );
}
