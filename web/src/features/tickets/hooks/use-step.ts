import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getTicket, type TicketView } from '@/api';
import { asApiError } from '@/lib/api-error';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { acceptTicket, showChange } from '../cache';
import { expectedChange, type Step, takeStep } from '../steps';
import { notifyChange } from '../undo-change';

/** Someone gave the ticket to another person meanwhile. */
export interface AssignConflict {
  step: Step;
  theirs: TicketView;
}

interface UseStep {
  onDone?: (ticket: TicketView, step: Step) => void;
  onConflict?: (conflict: AssignConflict) => void;
}

/** As much of a ticket as a step depends on: a row of a list is enough. */
export type StepTicket = Pick<TicketView, 'number' | 'version' | 'status' | 'assignee' | 'team'>;

interface Taken {
  step: Step;
  /** The ticket as it stood when its dialog opened; without one it is the ticket as it is now. */
  seen?: StepTicket;
}

/** Takes a step and shows it at once; when the server refuses, the old state is back, with the reason. */
export function useStep(ticket: StepTicket, { onDone, onConflict }: UseStep) {
  const client = useQueryClient();
  const { t } = useTranslation('tickets');
  return useMutation({
    mutationFn: async ({ step, seen = ticket }: Taken) => {
      try {
        return await takeStep(seen, step);
      } catch (error) {
        if (step.verb !== 'assign' || asApiError(error).status !== 412) throw error;
        const theirs = (await getTicket({ path: { key: ticket.number } })).data;
        // Something else changed: what this step touches is as it was seen.
        const isSame = theirs.assignee?.id === seen.assignee?.id && theirs.team?.id === seen.team?.id;
        if (isSame) return await takeStep(theirs, step);
        onConflict?.({ step, theirs });
        return theirs;
      }
    },
    onMutate: ({ step }) => ({ undo: showChange(client, ticket.number, expectedChange(ticket, step)) }),
    onSuccess: async (answer, { step }) => {
      await acceptTicket(client, answer);
      const isTaken = step.verb !== 'assign' || !step.assignee || answer.assignee?.id === step.assignee.id;
      if (!isTaken) return;
      notifyChange(client, answer.number, t(`done.${step.verb}`, { number: answer.number }));
      onDone?.(answer, step);
    },
    onError: (error, _step, context) => {
      context?.undo();
      notifyProblem(error);
    },
  });
}
