import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './data-table.module.css';
import type { Column } from './features';
import { isOnControl } from './is-on-control';
import { SelectBox } from './SelectBox';
import type { SelectionCommands } from './use-selection';

interface TableRowProps<Row extends object> {
  columns: readonly Column<Row>[];
  id: string;
  row: Row;
  index: number;
  label: string;
  isCursor: boolean;
  isTabStop: boolean;
  isSelected: boolean;
  commands: SelectionCommands | null;
  onCursor: (id: string) => void;
  onOpen?: (row: Row) => void;
}

function DrawnRow<Row extends object>(props: TableRowProps<Row>) {
  const { columns, id, row, index, isCursor, isSelected, commands, onCursor, onOpen } = props;
  const { t } = useTranslation();
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (commands && !isPlain && !(event.target instanceof Element && event.target.closest('a,button,input,label'))) {
      if (event.shiftKey) commands.extend(id);
      else commands.toggle(id);
      onCursor(id);
      return;
    }
    if (isOnControl(event)) return;
    onCursor(id);
    onOpen?.(row);
  };
  return (
    <tr
      className={classes.row}
      data-row={id}
      data-cursor={isCursor || undefined}
      data-selected={isSelected || undefined}
      aria-rowindex={index + 2}
      aria-current={isCursor || undefined}
      aria-label={props.label}
      tabIndex={props.isTabStop ? 0 : -1}
      onFocus={() => onCursor(id)}
      onMouseDown={(event) => {
        // Shift and a click select rows, not text.
        if (commands && event.shiftKey) event.preventDefault();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
      }}
      onClick={onClick}
    >
      {commands && (
        <td className={classes.selectCell}>
          <SelectBox
            label={t('table.selectRow', { row: props.label })}
            isChecked={isSelected}
            onChange={() => commands.toggle(id)}
            onExtend={() => commands.extend(id)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id}>{column.cell({ row: { original: row } })}</td>
      ))}
    </tr>
  );
}

/**
 * One row: a click opens it, Ctrl or Shift and a click select it. Drawn again only when something about it
 * changed: a step of the cursor or of the scroll bar concerns two rows of fifty.
 */
export const TableRow = memo(DrawnRow) as typeof DrawnRow;
