import { Splitter } from '@mantine/core';
import { type SplitterPaneSize, useMediaQuery } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { TicketRowView, TicketView } from '@/api';
import { stepCursor } from '@/ui/data-table/cursor';
import { IconOpenFull } from '@/ui/icons';
import { lazyComponent, whenIdle } from '@/ui/lazy/lazy-component';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useQueue } from '../../hooks/use-queue';
import { useSplitSizes } from '../../hooks/use-split-sizes';
import { useViews } from '../../hooks/use-views';
import { isBare, layoutOf, type QueueSearch, searchOfView } from '../../schemas';
import type { Step } from '../../steps';
import { RowPresenceProvider } from '../RowPresenceProvider';
import { Queue } from './Queue';
import classes from './queue.module.css';

const loadPeek = () => import('./QueuePeek').then((module) => module.QueuePeek);
const QueuePeek = lazyComponent(loadPeek);
const Board = lazyComponent(() => import('../board/Board').then((module) => module.Board));

/** Steps after which a ticket needs no more work: the next one opens by itself. */
const ENDS = new Set(['resolve', 'close', 'cancel']);

/** The list alone. The same element as beside a ticket, so that it keeps its place and what was chosen. */
const WHOLE: SplitterPaneSize[] = ['100%'];

/** The queue and, beside it, the ticket under work. Filters and the open ticket are in the address. */
export function QueuePage({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const views = useViews();
  const view = views.data?.data.find((each) => each.id === search.view);
  const isBoard = search.layout === 'board';
  const queue = useQueue(search, !isBoard);
  /** Numbers of the cards of a board, column after column. */
  const board = useRef<readonly string[]>([]);
  const [sizes, setSizes] = useSplitSizes();
  const { rows } = queue;
  const { peek } = search;
  const numbersNow = useCallback(() => (isBoard ? board.current : rows.map((row) => row.number)), [isBoard, rows]);

  // The same function whether a ticket is open or not: with another one, every row would be drawn anew.
  const shown = useRef(peek);
  useLayoutEffect(() => {
    shown.current = peek;
  }, [peek]);
  const onPeek = useCallback(
    (number: string | undefined) =>
      void navigate({
        to: '/agent/tickets',
        search: (before) => ({ ...before, peek: number }),
        replace: shown.current !== undefined && number !== undefined,
      }),
    [navigate],
  );
  const onOpen = useCallback(
    (row: TicketRowView) => {
      if (isNarrow) void navigate({ to: '/agent/incidents/$key', params: { key: row.number } });
      else onPeek(row.number);
    },
    [isNarrow, navigate, onPeek],
  );
  const onPeekOrOpen = useCallback(
    (number: string) => {
      if (isNarrow) void navigate({ to: '/agent/incidents/$key', params: { key: number } });
      else onPeek(number);
    },
    [isNarrow, navigate, onPeek],
  );
  const onDone = useCallback(
    (ticket: TicketView, step: Step) => {
      if (!ENDS.has(step.verb)) return;
      const next = stepCursor(numbersNow(), ticket.number, 1);
      onPeek(next === ticket.number ? undefined : (next ?? undefined));
    },
    [numbersNow, onPeek],
  );

  const keys = useMemo<Action[]>(() => {
    const section = t('queue.keys');
    const go = (step: number) => () => onPeek(stepCursor(numbersNow(), peek ?? null, step) ?? undefined);
    const always: Action[] = [
      { id: 'queue.next', label: t('queue.nextTicket'), section, shortcut: ']', isHidden: true, run: go(1) },
      { id: 'queue.previous', label: t('queue.previousTicket'), section, shortcut: '[', isHidden: true, run: go(-1) },
    ];
    if (!peek) return always;
    const openFull = () => void navigate({ to: '/agent/incidents/$key', params: { key: peek } });
    return [
      ...always,
      {
        id: 'queue.close',
        label: t('queue.closePeek'),
        section,
        shortcut: 'escape',
        isHidden: true,
        run: () => onPeek(undefined),
      },
      { id: 'queue.full', label: t('queue.openFull'), section, icon: IconOpenFull, shortcut: 'o', run: openFull },
    ];
  }, [t, numbersNow, peek, onPeek, navigate]);
  useActions(keys);

  useEffect(() => whenIdle(loadPeek), []);

  // An address that says nothing shows the person's own default view.
  const usual = isBare(search) ? views.data?.data.find((each) => each.is_default) : undefined;
  useEffect(() => {
    if (usual) {
      void navigate({
        to: '/agent/tickets',
        search: (before) => ({ ...searchOfView(usual, layoutOf(before)), peek }),
        replace: true,
      });
    }
  }, [usual, peek, navigate]);

  const beside = isNarrow ? undefined : peek;
  // The row answers at once; the ticket is drawn after that, over what waits for it.
  const drawn = useDeferredValue(beside);
  return (
    <Splitter
      className={classes.page}
      sizes={beside ? sizes : WHOLE}
      onSizeChange={setSizes}
      lineSize={1}
      step={2}
      aria-label={t('queue.split')}
    >
      <Splitter.Pane defaultSize="45%" min="25%" className={classes.side}>
        <RowPresenceProvider>
          {isBoard ? (
            <Suspense fallback={<SkeletonRows />}>
              <Board search={search} view={view} order={board} onOpen={onPeekOrOpen} />
            </Suspense>
          ) : (
            <Queue search={search} view={view} queue={queue} onOpen={onOpen} onPeek={onPeekOrOpen} />
          )}
        </RowPresenceProvider>
      </Splitter.Pane>
      {beside && (
        <Splitter.Pane defaultSize="55%" min="30%" className={classes.side}>
          {drawn === beside ? (
            <Suspense fallback={<SkeletonRows />}>
              <QueuePeek key={beside} number={beside} onClose={() => onPeek(undefined)} onDone={onDone} />
            </Suspense>
          ) : (
            <SkeletonRows />
          )}
        </Splitter.Pane>
      )}
    </Splitter>
  );
}
