import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { DataTableProps } from './DataTable';
import classes from './data-table.module.css';
import { TableRow } from './TableRow';
import type { SelectionCommands } from './use-selection';

interface TableBodyProps<Row extends object> extends DataTableProps<Row> {
  /** Ids of the rows, in their order. */
  ids: readonly string[];
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
  /** The row that should take the focus as soon as it is drawn. */
  wanted: RefObject<string | null>;
  commands: SelectionCommands | null;
}

/** The rows in view, between two spacers that keep the scroll bar honest. */
export function TableBody<Row extends object>(props: TableBodyProps<Row>) {
  const { rows, ids, columns, scroller, rowHeight, hasMore, onMore, cursor, wanted, commands } = props;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 12,
    scrollPaddingStart: 34,
    // The first drawing happens before the container is measured.
    initialRect: { width: 1000, height: 600 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height needs all rows placed anew
  useEffect(() => virtual.measure(), [rowHeight]);
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const isNearEnd = hasMore && last !== undefined && last.index >= rows.length - 20;

  useEffect(() => {
    if (isNearEnd) onMore?.();
  }, [isNearEnd, onMore]);

  // The row under the cursor has the focus, so that it is seen and read out.
  useEffect(() => {
    const id = wanted.current;
    if (id === null) return;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    const index = ids.indexOf(id);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });

  const columnCount = columns.length + (commands ? 1 : 0);
  return (
    <tbody>
      <Spacer height={first?.start ?? 0} columns={columnCount} />
      {items.map((item) => {
        const row = rows[item.index];
        const id = ids[item.index];
        if (!row || id === undefined) return null;
        const isCursor = id === cursor;
        return (
          <TableRow
            key={id}
            id={id}
            columns={columns}
            row={row}
            index={item.index}
            label={props.getRowLabel(row)}
            isCursor={isCursor}
            isTabStop={isCursor || (cursor === null && item.index === 0)}
            isSelected={props.selection?.has(id) ?? false}
            commands={commands}
            onCursor={props.onCursor}
            onOpen={props.onOpen}
          />
        );
      })}
      <Spacer height={virtual.getTotalSize() - (last?.end ?? 0)} columns={columnCount} />
    </tbody>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={classes.spacer}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}
