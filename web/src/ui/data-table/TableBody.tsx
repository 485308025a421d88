import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect, useMemo } from 'react';
import type { DataTableProps } from './DataTable';
import classes from './data-table.module.css';
import { TableRow } from './TableRow';
import type { SelectionCommands } from './use-selection';

interface TableBodyProps<Row extends object> extends DataTableProps<Row> {
  /** Ids of the rows, in their order. */
  ids: readonly string[];
  /** The element that scrolls; none before it is there. */
  scroller: HTMLDivElement | null;
  rowHeight: number;
  /** The row that should take the focus as soon as it is drawn. */
  wanted: RefObject<string | null>;
  commands: SelectionCommands | null;
}

/** Rows that are drawn beyond the view, and rows beyond these that bring the next page. */
const OVERSCAN = 12;
const AHEAD = 8;

interface Line {
  key: string;
  /** Which row it is, or which one it stands over. */
  index: number;
  heading?: ReactNode;
}

/** Rows and the headings of their groups, one under the other. */
function linesOf(ids: readonly string[], headings: ReadonlyMap<string, ReactNode> | undefined): Line[] {
  return ids.flatMap((id, index) => {
    const row = { key: id, index };
    const heading = headings?.get(id);
    return heading === undefined ? [row] : [{ key: `group:${id}`, index, heading }, row];
  });
}

/** The rows in view, between two spacers that keep the scroll bar honest. */
export function TableBody<Row extends object>(props: TableBodyProps<Row>) {
  const { rows, ids, columns, headings, scroller, rowHeight, hasMore, onMore, cursor, wanted, commands } = props;
  const lines = useMemo(() => linesOf(ids, headings), [ids, headings]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: OVERSCAN,
    scrollPaddingStart: 34,
    // The first drawing happens before the container is measured.
    initialRect: { width: 1000, height: 600 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height needs all rows placed anew
  useEffect(() => virtual.measure(), [rowHeight]);
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const isNearEnd = hasMore && last !== undefined && last.index >= lines.length - AHEAD;

  useEffect(() => {
    if (isNearEnd) onMore?.();
  }, [isNearEnd, onMore]);

  // The row under the cursor has the focus, so that it is seen and read out.
  useEffect(() => {
    const id = wanted.current;
    if (id === null) return;
    const element = scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    const index = lines.findIndex((line) => line.key === id);
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
        const line = lines[item.index];
        if (!line) return null;
        if (line.heading !== undefined) {
          return (
            <tr key={line.key} className={classes.group}>
              <th scope="rowgroup" colSpan={columnCount}>
                {line.heading}
              </th>
            </tr>
          );
        }
        const row = rows[line.index];
        const id = line.key;
        if (!row) return null;
        const isCursor = id === cursor;
        return (
          <TableRow
            key={id}
            id={id}
            columns={columns}
            row={row}
            index={line.index}
            label={props.getRowLabel(row)}
            isCursor={isCursor}
            isTabStop={isCursor || (cursor === null && line.index === 0)}
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
