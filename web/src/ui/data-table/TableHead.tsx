import { useTranslation } from 'react-i18next';
import { IconSortDown, IconSortUp } from '../icons';
import classes from './data-table.module.css';
import { type Column, USUAL_SIZE } from './features';
import { ResizeHandle } from './ResizeHandle';
import { SelectBox } from './SelectBox';

interface TableHeadProps<Row extends object> {
  columns: readonly Column<Row>[];
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
export function TableHead<Row extends object>(props: TableHeadProps<Row>) {
  const { columns, sort, onSort, onWidth, isAllSelected, onSelectAll } = props;
  const { t } = useTranslation();
  return (
    <>
      <colgroup>
        {onSelectAll && <col style={{ width: 40 }} />}
        {columns.map(({ id, size, meta }) => (
          <col key={id} style={meta.isGrowing ? undefined : { width: size }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {onSelectAll && (
            <th scope="col" className={classes.selectCell}>
              <SelectBox label={t('table.selectAll')} isChecked={isAllSelected} onChange={onSelectAll} />
            </th>
          )}
          {columns.map(({ id, header, size = USUAL_SIZE, meta }) => {
            const { sortKey, label, isGrowing } = meta;
            const words = typeof header === 'string' ? header : header();
            const sorted = direction(sort, sortKey);
            return (
              <th key={id} scope="col" aria-sort={sortKey ? (sorted ?? 'none') : undefined}>
                {sortKey && onSort ? (
                  <button
                    type="button"
                    className={classes.sort}
                    title={t('table.sortBy', { column: label })}
                    onClick={() => onSort(sorted === 'descending' ? sortKey : `-${sortKey}`)}
                  >
                    {words}
                    {sorted === 'ascending' && <IconSortUp aria-hidden size={13} />}
                    {sorted === 'descending' && <IconSortDown aria-hidden size={13} />}
                  </button>
                ) : (
                  words
                )}
                {onWidth && !isGrowing && (
                  <ResizeHandle column={label} width={size} onWidth={(width) => onWidth(id, width)} />
                )}
              </th>
            );
          })}
        </tr>
      </thead>
    </>
  );
}
