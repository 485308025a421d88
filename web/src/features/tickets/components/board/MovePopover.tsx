import { Stack, UnstyledButton } from '@mantine/core';
import { type ReactNode, use, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView, TicketView } from '@/api';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { moveOf } from '../../board';
import { usePlaceWords } from '../../hooks/use-place-words';
import { useTicket } from '../../hooks/use-ticket';
import queue from '../queue/queue.module.css';
import { RowPopover } from '../queue/RowPopover';
import { RowEditContext } from '../queue/row-edit';
import { BoardContext } from './board-context';

interface MovePopoverProps {
  row: TicketRowView;
  onClose: () => void;
  /** The button that it opens from. */
  children: ReactNode;
}

/** "Move to…": the way without dragging. */
export function MovePopover({ row, onClose, children }: MovePopoverProps) {
  const { t } = useTranslation('tickets');
  const query = useTicket(row.number);
  return (
    <RowPopover
      label={t('board.moveCard', { number: row.number })}
      position="bottom-end"
      p="xs"
      onClose={onClose}
      target={children}
    >
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && !query.data && <SkeletonRows rows={4} />}
      {query.data && <Places row={row} ticket={query.data} onClose={onClose} />}
    </RowPopover>
  );
}

/** Where the ticket can go; a place that it cannot go to says why. */
function Places({ row, ticket, onClose }: { row: TicketRowView; ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation('tickets');
  const { field, places, onMove } = use(BoardContext);
  const { begin } = use(RowEditContext);
  const { placeWord, refusalWords } = usePlaceWords(field);
  const list = useRef<HTMLDivElement>(null);
  const choices = places.map((place) => {
    const move = moveOf(field, ticket, place);
    const refusal = move.kind === 'none' ? t('board.isHere') : refusalWords(ticket, place, move);
    return { place, refusal, key: place.value ?? '' };
  });
  const isOfMany = field === 'assignee' || field === 'team';
  // The content comes after the popover, so it takes the focus itself.
  useEffect(() => {
    if (list.current?.contains(document.activeElement)) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    (buttons.find((button) => button.ariaDisabled !== 'true') ?? buttons[0])?.focus();
  }, []);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons: Element[] = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = document.activeElement ? buttons.indexOf(document.activeElement) : -1;
    const next = buttons[(at + step + buttons.length) % buttons.length];
    if (next instanceof HTMLElement) next.focus();
  };
  return (
    <div ref={list} onKeyDown={onKeyDown}>
      <Stack gap={2} w={270} mah={380} style={{ overflowY: 'auto' }}>
        {choices.map(({ place, refusal, key }) => (
          <UnstyledButton
            key={key}
            className={queue.choice}
            aria-disabled={refusal ? true : undefined}
            onClick={() => {
              if (refusal) return;
              onClose();
              onMove(row, place);
            }}
          >
            <span>
              {placeWord(place)}
              {refusal && <span className="reason">{refusal}</span>}
            </span>
          </UnstyledButton>
        ))}
        {isOfMany && (
          <UnstyledButton
            className={queue.choice}
            onClick={() => {
              onClose();
              begin(row.number, 'assignee');
            }}
          >
            {t('board.someoneElse')}
          </UnstyledButton>
        )}
      </Stack>
    </div>
  );
}
