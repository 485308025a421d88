import type { ReactTable, RowData } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import { IconSortDown, IconSortUp } from '../icons';
import classes from './data-table.module.css';
import type { TableFeaturesInUse } from './features';
import { ResizeHandle } from './ResizeHandle';
import { SelectBox } from './SelectBox';

interface TableHeadProps<Row extends RowData> {
  table: ReactTable<TableFeaturesInUse, Row>;
  sort?: string;
  onSort?: (sort: string) => void;
  onWidth?: (column: string, width: number) => void;
  isAllSelected: boolean;
  /** Without it rows cannot be selected. */
  onSelectAll?: () => void;
}

function direction(sort: string | undefined, key: string | undefined) {
  if (!key || !sort) return undefined;
  if (sort === key) return 'ascending' as const;
  return sort === `-${key}` ? ('descending' as const) : undefined;
}

/** The sticky head; a column that the server can sort by is a button. */
export function TableHead<Row extends RowData>(props: TableHeadProps<Row>) {
  const { table, sort, onSort, onWidth, isAllSelected, onSelectAll } = props;
  const { t } = useTranslation();
  const headers = table.getHeaderGroups().flatMap((group) => group.headers);
  return (
    <>
      <colgroup>
        {onSelectAll && <col style={{ width: 40 }} />}
        {headers.map(({ column }) => (
          <col key={column.id} style={column.columnDef.meta?.isGrowing ? undefined : { width: column.getSize() }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {onSelectAll && (
            <th scope="col" className={classes.selectCell}>
              <SelectBox label={t('table.selectAll')} isChecked={isAllSelected} onChange={onSelectAll} />
            </th>
          )}
          {headers.map((header) => {
            const facts = header.column.columnDef.meta;
            const sortKey = facts?.sortKey;
            const sorted = direction(sort, sortKey);
            return (
              <th key={header.id} scope="col" aria-sort={sortKey ? (sorted ?? 'none') : undefined}>
                {sortKey && onSort ? (
                  <button
                    type="button"
                    className={classes.sort}
                    title={t('table.sortBy', { column: facts?.label })}
                    onClick={() => onSort(sorted === 'descending' ? sortKey : `-${sortKey}`)}
                  >
                    <table.FlexRender header={header} />
                    {sorted === 'ascending' && <IconSortUp aria-hidden size={13} />}
                    {sorted === 'descending' && <IconSortDown aria-hidden size={13} />}
                  </button>
                ) : (
                  <table.FlexRender header={header} />
                )}
                {onWidth && !facts?.isGrowing && (
                  <ResizeHandle
                    column={facts?.label ?? header.column.id}
                    width={header.column.getSize()}
                    onWidth={(width) => onWidth(header.column.id, width)}
                  />
                )}
              </th>
            );
          })}
        </tr>
      </thead>
    </>
  );
}
