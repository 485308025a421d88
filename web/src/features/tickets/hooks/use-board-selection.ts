import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { extended, toggled } from '@/ui/data-table/selection';
import { filtersOf, type QueueSearch } from '../schemas';
import { boardField } from './use-board';

const NONE: ReadonlySet<string> = new Set();

export interface CardSelection {
  chosen: ReadonlySet<string>;
  toggle: (number: string) => void;
  /** Takes every card from the last one that was touched to this one, column after column. */
  extend: (number: string) => void;
}

/** Which cards are chosen; another board begins with none. `numbersNow` is the order of the cards. */
export function useBoardSelection(search: QueueSearch, numbersNow: () => readonly string[]) {
  const [chosen, setChosen] = useState(NONE);
  const anchor = useRef<string | null>(null);
  const what = JSON.stringify([boardField(search), filtersOf(search)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another board, another choice
  useEffect(() => setChosen(NONE), [what]);
  const toggle = useCallback((number: string) => {
    anchor.current = number;
    setChosen((now) => toggled(now, number));
  }, []);
  const extend = useCallback(
    (number: string) => {
      const from = anchor.current;
      anchor.current = number;
      setChosen((now) => extended(now, numbersNow(), from, number));
    },
    [numbersNow],
  );
  const selection = useMemo<CardSelection>(() => ({ chosen, toggle, extend }), [chosen, toggle, extend]);
  return { selection, setChosen };
}
