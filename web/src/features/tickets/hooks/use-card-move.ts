import { notifications } from '@mantine/notifications';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getTicket, getTicketQueryKey, type TicketRowView, type TicketView, updateTicket } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { type Move, moveOf, type Place } from '../board';
import { acceptTicket, showChange } from '../cache';
import { type Edit, patchOf, previewOf } from '../edits';
import type { GroupField } from '../schemas';
import { expectedChange, type Step, takeStep } from '../steps';
import { notifyChange } from '../undo-change';
import { usePlaceWords } from './use-place-words';

/** What a move comes to: a step, or another value of a field. */
export type CardChange = { step: Step } | { edit: Edit };

/** A move that needs to know more. */
export interface AskedMove {
  ticket: TicketView;
  move: Extract<Move, { kind: 'ask' | 'priority' }>;
}

interface Sent {
  ticket: TicketView;
  change: CardChange;
  /** It was asked for in a dialog. */
  isAsked: boolean;
}

/** The ticket of a card, at least as new as the card. */
async function ticketOf(client: QueryClient, row: TicketRowView): Promise<TicketView> {
  const path = { key: row.number };
  const known = client.getQueryData<TicketView>(getTicketQueryKey({ path }));
  if (known && known.version >= row.version) return known;
  // Not through the cache: what is asked for there is called off when nobody looks at it any more.
  const { data } = await getTicket({ path });
  client.setQueryData(getTicketQueryKey({ path }), data);
  return data;
}

async function send(ticket: TicketView, change: CardChange): Promise<TicketView> {
  if ('step' in change) return takeStep(ticket, change.step);
  const headers = { 'If-Match': `"${ticket.version}"` };
  return (await updateTicket({ path: { key: ticket.number }, body: patchOf(change.edit), headers })).data;
}

/** Moves cards: shown at once, with a way back; a refused move says why, one that needs more asks for it. */
export function useCardMove(field: GroupField, onMoved: (number: string) => void) {
  const client = useQueryClient();
  const { t } = useTranslation('tickets');
  const { placeWord, refusalWords } = usePlaceWords(field);
  const [asked, setAsked] = useState<AskedMove | null>(null);
  const { mutate, mutateAsync } = useMutation({
    mutationFn: ({ ticket, change }: Sent) => send(ticket, change),
    onMutate: ({ ticket, change, isAsked }) => {
      const shown = 'step' in change ? expectedChange(ticket, change.step) : previewOf(change.edit);
      const undo = showChange(client, ticket.number, shown);
      // A dialog keeps the focus until it is done.
      if (!isAsked) onMoved(ticket.number);
      return { undo };
    },
    onSuccess: (ticket, { change, isAsked }) => {
      if (isAsked) {
        setAsked(null);
        onMoved(ticket.number);
      }
      const done = 'step' in change ? (`done.${change.step.verb}` as const) : 'done.update';
      notifyChange(client, ticket.number, t(done, { number: ticket.number }));
      void acceptTicket(client, ticket);
    },
    onError: (error, { ticket }, saved) => {
      saved?.undo();
      // What was thought of the ticket does not hold.
      void client.invalidateQueries({ queryKey: getTicketQueryKey({ path: { key: ticket.number } }) });
      notifyProblem(error);
    },
  });
  const move = useCallback(
    async (row: TicketRowView, place: Place) => {
      try {
        const ticket = await ticketOf(client, row);
        const next = moveOf(field, ticket, place);
        if (next.kind === 'step') mutate({ ticket, change: { step: next.step }, isAsked: false });
        if (next.kind === 'ask' || next.kind === 'priority') setAsked({ ticket, move: next });
        if (next.kind !== 'refused') return;
        const title = t('board.stays', { number: row.number, place: placeWord(place) });
        notifications.show({ color: 'orange', title, message: refusalWords(ticket, place, next), autoClose: 10_000 });
      } catch (error) {
        notifyProblem(error);
      }
    },
    [client, field, mutate, t, placeWord, refusalWords],
  );
  const answer = useCallback(
    async (change: CardChange) => {
      if (asked) await mutateAsync({ ticket: asked.ticket, change, isAsked: true });
    },
    [asked, mutateAsync],
  );
  const giveUp = useCallback(() => setAsked(null), []);
  return { move, asked, answer, giveUp };
}
