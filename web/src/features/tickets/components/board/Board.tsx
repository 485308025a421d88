import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { useMediaQuery } from '@mantine/hooks';
import { type RefObject, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView, ViewView } from '@/api';
import { useMe } from '@/features/session/public';
import { lazyComponent, whenIdle } from '@/ui/lazy/lazy-component';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { type Direction, nextCard } from '../../board';
import { useBoard } from '../../hooks/use-board';
import { useBoardKeys } from '../../hooks/use-board-keys';
import { useBoardSelection } from '../../hooks/use-board-selection';
import { useCardMove } from '../../hooks/use-card-move';
import { useDrag } from '../../hooks/use-drag';
import { useRowEdit } from '../../hooks/use-row-edit';
import { useRowKeys } from '../../hooks/use-row-keys';
import type { QueueSearch } from '../../schemas';
import { QueueHead } from '../queue/QueueHead';
import queue from '../queue/queue.module.css';
import { RowEditContext } from '../queue/row-edit';
import { BoardColumn } from './BoardColumn';
import { BoardFieldMenu } from './BoardFieldMenu';
import classes from './board.module.css';
import { BoardContext, type BoardState } from './board-context';
import { ColumnChooser } from './ColumnChooser';
import { PlacesBeside } from './PlacesBeside';

const loadDialog = () => import('./MoveDialog').then((module) => module.MoveDialog);
const MoveDialog = lazyComponent(loadDialog);
const loadBulk = () => import('./BoardBulkBar').then((module) => module.BoardBulkBar);
const BoardBulkBar = lazyComponent(loadBulk);

interface BoardProps {
  search: QueueSearch;
  view: ViewView | undefined;
  /** Gets the numbers of the cards, column after column. */
  order: RefObject<readonly string[]>;
  onOpen: (number: string) => void;
}

/** The queue as columns: a card is moved by dragging or by its menu, and moving it is the step it stands for. */
export function Board({ search, view, order, onOpen }: BoardProps) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const board = useBoard(search);
  const { field, columns, beside, counts } = board;
  const [cursor, setCursor] = useState<string | null>(search.peek ?? null);
  const [moving, setMoving] = useState<string | null>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const wanted = useRef<string | null>(null);
  const cards = useRef(new Map<string, readonly TicketRowView[]>());
  const edit = useRowEdit();
  useEffect(() => whenIdle(() => Promise.all([loadDialog(), loadBulk()])), []);
  useEffect(() => (scroller ? autoScrollForElements({ element: scroller }) : undefined), [scroller]);
  useEffect(() => {
    if (search.peek) setCursor(search.peek);
  }, [search.peek]);

  const grid = useCallback(
    () => columns.map(({ value }) => (cards.current.get(value ?? '') ?? []).map((row) => row.number)),
    [columns],
  );
  const numbersNow = useCallback(() => grid().flat(), [grid]);
  const cardsNow = () => columns.flatMap(({ value }) => cards.current.get(value ?? '') ?? []);
  const rowOf = (number: string) => cardsNow().find((row) => row.number === number);
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const { selection, setChosen } = useBoardSelection(search, numbersNow);
  const hasSelection = selection.chosen.size > 0;
  const onCards = useCallback(
    (value: string | null, found: readonly TicketRowView[]) => {
      cards.current.set(value ?? '', found);
      order.current = numbersNow();
    },
    [numbersNow, order],
  );
  const focusOn = useCallback((number: string | null) => {
    wanted.current = number;
    if (number !== null) setCursor(number);
  }, []);
  const { move, asked, answer, giveUp } = useCardMove(field, focusOn);
  const drag = useDrag((row, place) => void move(row, place));
  const onStep = useCallback(
    (direction: Direction) => {
      const next = nextCard(grid(), cursor, direction);
      // The cursor may stand there already, without the focus.
      if (next !== null && next === cursor) {
        document.querySelector<HTMLElement>(`[data-row="${CSS.escape(next)}"]`)?.focus();
      } else focusOn(next);
    },
    [grid, cursor, focusOn],
  );
  const onMoving = useCallback((number: string | null) => {
    // The focus goes back to the card, wherever it stands then.
    setMoving((before) => {
      if (number === null) wanted.current = before;
      return number;
    });
  }, []);
  useBoardKeys({ cursor, onStep, onOpen, onMove: onMoving, selection: isPhone ? null : selection });
  useRowKeys({
    number: search.peek || hasSelection || edit.context.editing || moving ? null : cursor,
    onEdit: edit.context.begin,
    onPeek: onOpen,
    onTake: (number) => edit.take(rowOf(number), me),
  });

  const state = useMemo<BoardState>(
    () => ({
      field,
      places: [...columns, ...beside],
      cursor,
      onCursor: setCursor,
      onOpen,
      moving,
      onMoving,
      onMove: (row, place) => void move(row, place),
      drag,
      selection: isPhone ? null : selection,
    }),
    [field, columns, beside, cursor, onOpen, moving, onMoving, move, drag, selection, isPhone],
  );
  const closeDialog = () => {
    wanted.current = asked?.ticket.number ?? null;
    giveUp();
  };
  const count = t(board.isCapped ? 'queue.countCapped' : 'queue.count', { count: board.total });
  return (
    <RowEditContext value={edit.context}>
      <BoardContext value={state}>
        <div className={queue.queue}>
          <QueueHead search={search} view={view} count={counts.isSuccess ? count : null}>
            <BoardFieldMenu field={field} />
          </QueueHead>
          <ColumnChooser field={field} columns={columns} scroller={scroller} />
          {counts.isPending && <SkeletonRows rows={12} />}
          {counts.isError && !counts.data && <ErrorState error={counts.error} onRetry={() => void counts.refetch()} />}
          <section
            ref={setScroller}
            className={classes.board}
            tabIndex={0}
            aria-label={t('board.label', { field: t(`field.${field}`) })}
          >
            {columns.map((column) => (
              <BoardColumn
                key={`${field}:${column.value ?? ''}`}
                search={search}
                column={column}
                isCapped={board.isCapped}
                changed={board.changed}
                matching={board.matching}
                onCards={onCards}
                wanted={wanted}
              />
            ))}
          </section>
          <PlacesBeside field={field} places={beside} />
          <Suspense fallback={null}>
            {hasSelection && (
              <BoardBulkBar
                search={search}
                selection={selection.chosen}
                onSelection={setChosen}
                cards={cardsNow()}
                total={board.total}
              />
            )}
            {asked && <MoveDialog asked={asked} onChange={answer} onClose={closeDialog} />}
          </Suspense>
        </div>
      </BoardContext>
    </RowEditContext>
  );
}
