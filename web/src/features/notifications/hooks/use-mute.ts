import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { listMutedTicketsOptions, muteTicket, operation, unmuteTicket } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { notifyUndo } from '@/ui/feedback/notify-undo';

interface Named {
  id: string;
  number: string;
}

/** Whether someone muted a ticket, and changing it, with a way back. */
export function useMute(ticket: Named) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const muted = useQuery({ ...listMutedTicketsOptions(), staleTime: 60_000 });
  const isMuted = muted.data?.data.some((one) => one.id === ticket.id) ?? false;
  const write = async (mute: boolean) => {
    const path = { ticket_id: ticket.id };
    await (mute ? muteTicket({ path }) : unmuteTicket({ path }));
    await client.invalidateQueries({ queryKey: operation('listMutedTickets') });
  };
  const set = useMutation({
    mutationFn: write,
    onSuccess: (_, mute) => {
      const message = t(mute ? 'mute.done' : 'mute.undone', { number: ticket.number });
      notifyUndo(message, () => write(!mute));
    },
    onError: notifyProblem,
  });
  const { mutate } = set;
  const toggle = useCallback(() => mutate(!isMuted), [mutate, isMuted]);
  return { isMuted, isKnown: muted.data !== undefined, toggle, isBusy: set.isPending };
}
