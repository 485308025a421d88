import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reference, TicketRowView } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { acceptTicket, showChange } from '../cache';
import type { RowEdit, RowField } from '../components/queue/row-edit';
import { expectedChange, type Step, takeStep } from '../steps';
import { notifyChange } from '../undo-change';

/** Which cell of the list is being changed, and the one change that asks nothing: taking a ticket. */
export function useRowEdit() {
  const client = useQueryClient();
  const { t } = useTranslation('tickets');
  const [editing, setEditing] = useState<RowEdit['editing']>(null);
  const begin = useCallback((number: string, field: RowField) => setEditing({ number, field }), []);
  const end = useCallback(() => {
    setEditing((before) => {
      // The focus goes back to the row, so that the next key means the next row.
      if (before) {
        requestAnimationFrame(() =>
          document.querySelector<HTMLElement>(`[data-row="${CSS.escape(before.number)}"]`)?.focus(),
        );
      }
      return null;
    });
  }, []);
  const context = useMemo<RowEdit>(() => ({ editing, begin, end }), [editing, begin, end]);
  const { mutate } = useMutation({
    mutationFn: ({ row, step }: { row: TicketRowView; step: Step }) => takeStep(row, step),
    onMutate: ({ row, step }) => ({ undo: showChange(client, row.number, expectedChange(row, step)) }),
    onSuccess: async (ticket) => {
      await acceptTicket(client, ticket);
      notifyChange(client, ticket.number, t('done.assign', { number: ticket.number }));
    },
    onError: (error, _step, saved) => {
      saved?.undo();
      notifyProblem(error);
    },
  });
  const take = useCallback(
    (row: TicketRowView | undefined, who: Reference) => {
      if (row) mutate({ row, step: { verb: 'assign', assignee: { id: who.id, name: who.name } } });
    },
    [mutate],
  );
  return { context, take };
}
