import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, use, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import type { BoardColumn as Column } from '../../board';
import { useColumn } from '../../hooks/use-column';
import { useDropPlace } from '../../hooks/use-drop-place';
import { usePlaceRefusal } from '../../hooks/use-place-refusal';
import { usePlaceWords } from '../../hooks/use-place-words';
import type { QueueSearch } from '../../schemas';
import { BoardCard } from './BoardCard';
import classes from './board.module.css';
import { BoardContext } from './board-context';

/** Pixels from the top of a card to the top of the next, as in the styles. */
const CARD_STEP = 112;
const OVERSCAN = 4;
const AHEAD = 5;

interface BoardColumnProps {
  search: QueueSearch;
  column: Column;
  isCapped: boolean;
  changed: readonly TicketRowView[];
  matching: readonly TicketRowView[];
  onCards: (value: string | null, cards: readonly TicketRowView[]) => void;
  /** The card that should take the focus as soon as it is drawn. */
  wanted: RefObject<string | null>;
}

/** A column with its own cards, its own scroll bar and its count. */
export function BoardColumn({ search, column, isCapped, changed, matching, onCards, wanted }: BoardColumnProps) {
  const { t } = useTranslation('tickets');
  const { field, cursor } = use(BoardContext);
  const { value } = column;
  const { placeWord } = usePlaceWords(field);
  const query = useColumn({ search, field, value, changed, matching });
  const { cards, loadMore, hasNextPage } = query;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const section = useRef<HTMLElement>(null);
  const isOver = useDropPlace(section, column);
  const { state, refusal } = usePlaceRefusal(column);
  useEffect(() => (scroller ? autoScrollForElements({ element: scroller }) : undefined), [scroller]);
  useEffect(() => onCards(value, cards), [onCards, value, cards]);
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller,
    estimateSize: () => CARD_STEP,
    getItemKey: (index) => cards[index]?.id ?? index,
    overscan: OVERSCAN,
    initialRect: { width: 280, height: 700 },
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = hasNextPage && (items.at(-1)?.index ?? -1) >= cards.length - AHEAD;
  useEffect(() => {
    if (isNearEnd) loadMore();
  }, [isNearEnd, loadMore]);
  useEffect(() => {
    const index = cards.findIndex((card) => card.number === wanted.current);
    if (index === -1) return;
    virtual.scrollToIndex(index, { align: 'auto' });
    const element = scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(wanted.current ?? '')}"]`);
    if (!element) return;
    wanted.current = null;
    element.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  });
  const word = placeWord(column);
  const hasCursor = cards.some((card) => card.number === cursor);
  return (
    <section
      ref={section}
      className={classes.column}
      data-column={value ?? ''}
      data-drop={state}
      data-over={isOver || undefined}
      aria-label={word}
    >
      <div className={classes.columnHead}>
        <h2>{word}</h2>
        <Text span size="xs" c="dimmed" aria-label={t('queue.count', { count: column.count })}>
          {isCapped ? `${column.count}+` : column.count}
        </Text>
      </div>
      {refusal && <p className={classes.refusal}>{refusal}</p>}
      <section ref={setScroller} className={classes.scroll} tabIndex={0} aria-label={t('board.cards', { place: word })}>
        {query.isPending && <SkeletonRows rows={3} />}
        {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && cards.length === 0 && (
          <Text size="xs" c="dimmed" p="xs">
            {t('board.empty')}
          </Text>
        )}
        {cards.length > 0 && (
          <ul className={classes.cards} style={{ height: virtual.getTotalSize() }} aria-label={word}>
            {items.map((item) => {
              const row = cards[item.index];
              if (!row) return null;
              return (
                <BoardCard
                  key={row.id}
                  row={row}
                  place={item.index + 1}
                  of={cards.length}
                  isTabStop={hasCursor ? row.number === cursor : item.index === 0}
                  style={{ insetBlockStart: item.start }}
                />
              );
            })}
          </ul>
        )}
      </section>
    </section>
  );
}
