import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getTicket, type TicketPatch, type TicketView, updateTicket } from '@/api';
import { asApiError } from '@/lib/api-error';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { acceptTicket, showChange } from '../cache';
import { type Edit, patchOf, previewOf, replacedValue } from '../edits';
import { notifyChange } from '../undo-change';

/** Someone else changed the same field meanwhile. */
export interface EditConflict {
  edit: Edit;
  theirs: TicketView;
}

async function send(ticket: Pick<TicketView, 'number' | 'version'>, edit: Edit): Promise<TicketView> {
  const headers = { 'If-Match': `"${ticket.version}"` };
  const body: TicketPatch = patchOf(edit);
  return (await updateTicket({ path: { key: ticket.number }, body, headers })).data;
}

interface Change {
  edit: Edit;
  /** The ticket as it stood when the editing began: a live update may have come since. The one shown now unless told. */
  seen?: TicketView;
}

/**
 * Changes one field. When the ticket is newer than what was seen, the change is
 * sent again if nobody touched this field, and is a conflict to decide if someone did.
 */
export function useEdit(ticket: TicketView, onConflict: (conflict: EditConflict) => void) {
  const client = useQueryClient();
  const { t } = useTranslation('tickets');
  return useMutation({
    mutationFn: async ({ edit, seen = ticket }: Change) => {
      try {
        return { answer: await send(seen, edit), isTaken: true };
      } catch (error) {
        if (asApiError(error).status !== 412) throw error;
        const theirs = (await getTicket({ path: { key: ticket.number } })).data;
        const isSame = replacedValue(theirs, edit) === replacedValue(seen, edit);
        if (isSame) return { answer: await send(theirs, edit), isTaken: true };
        onConflict({ edit, theirs });
        return { answer: theirs, isTaken: false };
      }
    },
    onMutate: ({ edit }) => ({ undo: showChange(client, ticket.number, previewOf(edit)) }),
    onSuccess: async ({ answer, isTaken }) => {
      await acceptTicket(client, answer);
      if (isTaken) notifyChange(client, ticket.number, t('done.update'));
    },
    onError: (error, _edit, context) => {
      context?.undo();
      notifyProblem(error);
    },
  });
}
