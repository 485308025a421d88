import { Box } from '@mantine/core';
import { useElementSize, useMediaQuery, useMergedRef } from '@mantine/hooks';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { CardList } from './CardList';
import classes from './data-table.module.css';
import { type Column, USUAL_SIZE } from './features';
import { columnsToDrop } from './fit-columns';
import { TableBody } from './TableBody';
import { TableHead } from './TableHead';
import { useSelection } from './use-selection';
import { useTableKeys } from './use-table-keys';

export interface DataTableProps<Row extends object> {
  /** Name for screen readers. */
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  /** How many there are on the server. */
  total: number;
  getRowId: (row: Row) => string;
  /** Names a row for screen readers. */
  getRowLabel: (row: Row) => string;
  cursor: string | null;
  onCursor: (id: string | null) => void;
  onOpen?: (row: Row) => void;
  /** `title` or `-title`. */
  sort?: string;
  onSort?: (sort: string) => void;
  hasMore?: boolean;
  onMore?: () => void;
  rowHeight?: number;
  /** What stands over a row that begins a group, by id of the row. */
  headings?: ReadonlyMap<string, ReactNode>;
  /** How a row looks on a phone. */
  renderCard: (row: Row) => ReactNode;
  /** Below the last row: what is still coming. */
  footer?: ReactNode;
  /** Chosen rows; without it nothing can be chosen. */
  selection?: ReadonlySet<string>;
  onSelection?: (selection: ReadonlySet<string>) => void;
  /** Widths that a person chose, in pixels by column. */
  widths?: Readonly<Record<string, number>>;
  onWidth?: (column: string, width: number) => void;
  /** The list goes back to its top when this changes. */
  topKey?: string | number;
}

/** Every list of the console: real table, virtual rows, cursor by keyboard, cards on a phone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, columns, getRowId, rowHeight = 37, widths, topKey } = props;
  // State, not a ref: the rows are drawn before their container has its ref, and have to hear of it.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const sized = useMemo(
    () => columns.map((column) => ({ ...column, size: widths?.[column.id] ?? column.size ?? USUAL_SIZE })),
    [columns, widths],
  );
  const shown = useMemo(() => {
    const candidates = sized.map(({ id, size, meta }) => ({ id, size, dropOrder: meta.dropOrder ?? 0 }));
    const dropped = width === 0 ? [] : columnsToDrop(candidates, width);
    return sized.filter(({ id }) => !dropped.includes(id));
  }, [sized, width]);
  const ids = useMemo(() => rows.map(getRowId), [rows, getRowId]);
  const commands = useSelection({ ids, selection: props.selection, onSelection: props.onSelection });
  const wanted = useTableKeys(props, commands);
  useEffect(() => {
    if (topKey !== undefined) scroller?.scrollTo({ top: 0 });
  }, [topKey, scroller]);
  const container = useMergedRef(setScroller, sizeRef);

  return (
    <Box ref={container} className={classes.scroll} tabIndex={0} role="region" aria-label={props.label}>
      {isPhone ? (
        <CardList {...props} />
      ) : (
        <Box
          component="table"
          className={classes.table}
          aria-label={props.label}
          aria-rowcount={props.total + 1}
          __vars={{ '--row-height': `${rowHeight}px` }}
        >
          <TableHead
            columns={shown}
            sort={props.sort}
            onSort={props.onSort}
            onWidth={props.onWidth}
            isAllSelected={ids.length > 0 && ids.every((id) => props.selection?.has(id))}
            onSelectAll={commands?.toggleAll}
          />
          <TableBody
            {...props}
            columns={shown}
            ids={ids}
            scroller={scroller}
            rowHeight={rowHeight}
            wanted={wanted}
            commands={commands}
          />
        </Box>
      )}
      {props.footer}
    </Box>
  );
}
