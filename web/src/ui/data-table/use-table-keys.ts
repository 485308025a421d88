import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { stepCursor } from './cursor';
import type { SelectionCommands } from './use-selection';

interface TableKeys<Row> {
  rows: readonly Row[];
  getRowId: (row: Row) => string;
  cursor: string | null;
  onCursor: (id: string | null) => void;
  onOpen?: (row: Row) => void;
}

/** `j`, `k`, Enter, `x` and `shift x`. Returns the row that should take the focus as soon as it is drawn. */
export function useTableKeys<Row>(
  { rows, getRowId, cursor, onCursor, onOpen }: TableKeys<Row>,
  selection: SelectionCommands | null,
) {
  const { t } = useTranslation();
  const wanted = useRef<string | null>(null);
  const actions = useMemo<Action[]>(() => {
    const move = (step: number) => () => {
      const next = stepCursor(rows.map(getRowId), cursor, step);
      if (next === null) return;
      wanted.current = next;
      onCursor(next);
    };
    const open = () => {
      const row = rows.find((each) => getRowId(each) === cursor);
      if (row) onOpen?.(row);
    };
    const section = t('table.keys');
    const base = { section, isHidden: true };
    const select = (run: (id: string) => void) => () => cursor !== null && run(cursor);
    return [
      { ...base, id: 'table.next', label: t('table.next'), shortcut: 'j', run: move(1) },
      { ...base, id: 'table.previous', label: t('table.previous'), shortcut: 'k', run: move(-1) },
      ...(onOpen ? [{ ...base, id: 'table.open', label: t('table.open'), shortcut: 'enter', run: open }] : []),
      ...(selection
        ? [
            { ...base, id: 'table.select', label: t('table.select'), shortcut: 'x', run: select(selection.toggle) },
            {
              ...base,
              id: 'table.selectRange',
              label: t('table.selectRange'),
              shortcut: 'shift+x',
              run: select(selection.extend),
            },
          ]
        : []),
    ];
  }, [rows, getRowId, cursor, onCursor, onOpen, selection, t]);
  useActions(actions);
  return wanted;
}
