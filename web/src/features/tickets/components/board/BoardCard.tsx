import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ActionIcon, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, type MouseEvent, Suspense, use, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { isOnControl } from '@/ui/data-table/is-on-control';
import { SelectBox } from '@/ui/data-table/SelectBox';
import { IconDots, IconMajor } from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { RowSla } from '../../hooks/use-queue-columns';
import { PriorityMark } from '../PriorityMark';
import { RowEditContext } from '../queue/row-edit';
import { RowPresenceMark } from '../RowPresenceMark';
import { StatusBadge } from '../StatusBadge';
import classes from './board.module.css';
import { BoardContext } from './board-context';

const EditPopover = lazyComponent(() => import('../queue/EditPopover').then((module) => module.EditPopover));
const MovePopover = lazyComponent(() => import('./MovePopover').then((module) => module.MovePopover));

interface BoardCardProps {
  row: TicketRowView;
  /** Where it stands in its column, from 1, and of how many that are loaded. */
  place: number;
  of: number;
  isTabStop: boolean;
  style: CSSProperties;
}

/** A ticket on the board: number, title, priority, who has it, and the clock that someone should look at. */
export function BoardCard({ row, place, of, isTabStop, style }: BoardCardProps) {
  const { t } = useTranslation('tickets');
  const { field, cursor, onCursor, onOpen, selection } = use(BoardContext);
  const isChosen = selection?.chosen.has(row.number) ?? false;
  const [isDragged, setIsDragged] = useState(false);
  const element = useRef<HTMLLIElement>(null);
  // Read while dragging: a card is not made draggable anew because it changed.
  const latest = useRef(row);
  latest.current = row;
  useEffect(() => {
    if (!element.current) return;
    return draggable({
      element: element.current,
      getInitialData: () => ({ row: latest.current }),
      onDragStart: () => setIsDragged(true),
      onDrop: () => setIsDragged(false),
    });
  }, []);
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target)) || isOnControl(event)) return;
    onOpen(row.number);
  };
  return (
    <li
      ref={element}
      className={classes.card}
      style={style}
      data-row={row.number}
      data-cursor={row.number === cursor || undefined}
      data-dragged={isDragged || undefined}
      data-selected={isChosen || undefined}
      aria-current={row.number === cursor || undefined}
      aria-label={`${row.number}, ${row.title}`}
      aria-posinset={place}
      aria-setsize={of}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => onCursor(row.number)}
      onClick={onClick}
    >
      <div className={classes.cardHead}>
        <span className={classes.cardNumber}>
          {selection && (
            <SelectBox
              label={t('board.selectCard', { number: row.number })}
              isChecked={isChosen}
              onChange={() => selection.toggle(row.number)}
              onExtend={() => selection.extend(row.number)}
            />
          )}
          <Text span size="xs" c="dimmed">
            {row.number}
          </Text>
        </span>
        <RowSla row={row} />
      </div>
      <div className={classes.cardBody}>
        <Link
          to="/agent/incidents/$key"
          params={{ key: row.number }}
          className={classes.cardTitle}
          draggable={false}
          tabIndex={-1}
          title={row.title}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            onOpen(row.number);
          }}
        >
          {row.is_major && <IconMajor size={14} aria-label={t('major.mark')} className={classes.major} />}
          {row.title}
        </Link>
        <CardMenu row={row} />
      </div>
      <div className={classes.cardFoot}>
        <Group gap={6} wrap="nowrap">
          {field === 'priority' ? <StatusBadge status={row.status} /> : <PriorityMark priority={row.priority} />}
          <RowPresenceMark id={row.id} />
        </Group>
        {field === 'assignee' ? (
          <StatusBadge status={row.status} />
        ) : (
          <Text span inherit truncate c={row.assignee ? undefined : 'dimmed'}>
            {row.assignee?.name ?? t('nobody')}
          </Text>
        )}
      </div>
    </li>
  );
}

/** The button of a card, where also everything opens that is changed by keys. */
function CardMenu({ row }: { row: TicketRowView }) {
  const { t } = useTranslation('tickets');
  const { moving, onMoving } = use(BoardContext);
  const { editing, end } = use(RowEditContext);
  const isMoving = moving === row.number;
  const edited = editing?.number === row.number ? editing.field : null;
  const button = (
    <ActionIcon
      size={24}
      tabIndex={-1}
      variant="subtle"
      color="gray"
      className={classes.cardMenu}
      aria-label={t('board.moveCard', { number: row.number })}
      aria-haspopup="dialog"
      aria-expanded={isMoving}
      onClick={() => onMoving(isMoving ? null : row.number)}
    >
      <IconDots aria-hidden size={15} />
    </ActionIcon>
  );
  return (
    <Suspense fallback={button}>
      {isMoving && (
        <MovePopover row={row} onClose={() => onMoving(null)}>
          {button}
        </MovePopover>
      )}
      {edited && (
        <EditPopover number={row.number} field={edited} onClose={end}>
          {button}
        </EditPopover>
      )}
      {!isMoving && !edited && button}
    </Suspense>
  );
}
