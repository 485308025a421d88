import type { ReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { DataTableProps } from './DataTable';
import classes from './data-table.module.css';
import type { TableFeaturesInUse } from './features';
import { isOnControl } from './is-on-control';

interface TableBodyProps<Row extends object> extends DataTableProps<Row> {
  table: ReactTable<TableFeaturesInUse, Row>;
  scroller: RefObject<HTMLDivElement | null>;
  rowHeight: number;
  /** The row that should take the focus as soon as it is drawn. */
  wanted: RefObject<string | null>;
}

/** The rows in view, between two spacers that keep the scroll bar honest. */
export function TableBody<Row extends object>(props: TableBodyProps<Row>) {
  const { table, scroller, rowHeight, hasMore, onMore, cursor, wanted } = props;
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollPaddingStart: 34,
    // The first drawing happens before the container is measured.
    initialRect: { width: 1000, height: 600 },
  });
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
    const index = rows.findIndex((row) => row.id === id);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
  });

  const columnCount = table.getVisibleLeafColumns().length;
  return (
    <tbody>
      <Spacer height={first?.start ?? 0} columns={columnCount} />
      {items.map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        const isCursor = row.id === cursor;
        const isTabStop = isCursor || (cursor === null && item.index === 0);
        return (
          <tr
            key={row.id}
            className={classes.row}
            data-row={row.id}
            data-cursor={isCursor || undefined}
            aria-rowindex={item.index + 2}
            aria-current={isCursor || undefined}
            aria-label={props.getRowLabel(row.original)}
            tabIndex={isTabStop ? 0 : -1}
            onFocus={() => props.onCursor(row.id)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && event.target === event.currentTarget) props.onOpen?.(row.original);
            }}
            onClick={(event) => {
              if (isOnControl(event)) return;
              props.onCursor(row.id);
              props.onOpen?.(row.original);
            }}
          >
            {row.getVisibleCells().map((cell) => (
              <td key={cell.id}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
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
