import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getTicket, type TicketPatch, type TicketView, updateTicket } from '@/api';
import { asApiError } from '@/lib/api-error';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { acceptTicket, showChange } from '../cache';
import type { Level } from '../model';

/** One field with its new value. */
export type Edit = { field: 'title' | 'description'; value: string } | { field: 'impact' | 'urgency'; value: Level };

/** Someone else changed the same field meanwhile. */
export interface EditConflict {
  edit: Edit;
  theirs: TicketView;
}

function patchOf({ field, value }: Edit): TicketPatch {
  return { [field]: value };
}

async function send(ticket: Pick<TicketView, 'number' | 'version'>, edit: Edit): Promise<TicketView> {
  const headers = { 'If-Match': `"${ticket.version}"` };
  return (await updateTicket({ path: { key: ticket.number }, body: patchOf(edit), headers })).data;
}

/**
 * Changes one field. When the ticket is newer than what was seen, the change is
 * sent again if nobody touched this field, and is a conflict to decide if someone did.
 */
export function useEdit(ticket: TicketView, onConflict: (conflict: EditConflict) => void) {
  const client = useQueryClient();
  const { t } = useTranslation('tickets');
  return useMutation({
    mutationFn: async ({ edit, version }: { edit: Edit; version?: number }) => {
      try {
        return await send({ number: ticket.number, version: version ?? ticket.version }, edit);
      } catch (error) {
        if (asApiError(error).status !== 412) throw error;
        const theirs = (await getTicket({ path: { key: ticket.number } })).data;
        if (theirs[edit.field] === ticket[edit.field]) return await send(theirs, edit);
        onConflict({ edit, theirs });
        return theirs;
      }
    },
    onMutate: ({ edit }) => ({ undo: showChange(client, ticket.number, { [edit.field]: edit.value }) }),
    onSuccess: async (answer, { edit }) => {
      await acceptTicket(client, answer);
      if (answer[edit.field] === edit.value) notifications.show({ message: t('done.update'), color: 'teal' });
    },
    onError: (error, _edit, context) => {
      context?.undo();
      notifyProblem(error);
    },
  });
}
