import {
  assignTicket,
  cancelTicket,
  closeTicket,
  confirmTicket,
  holdTicket,
  type Reference,
  reopenTicket,
  resolveTicket,
  resumeTicket,
  startTicket,
  type TicketView,
} from '@/api';
import type { ResolutionCode, Status } from './model';

/** A step in the life of a ticket, with what it needs. */
export type Step =
  | { verb: 'start' | 'resume' | 'confirm' | 'close'; comment?: string }
  | { verb: 'hold' | 'cancel' | 'reopen'; reason: string }
  | { verb: 'resolve'; code: ResolutionCode; note: string }
  | { verb: 'assign'; assignee?: Reference; team?: Reference };

export type StepVerb = Step['verb'];

const TARGETS: Record<Exclude<StepVerb, 'assign'>, Status> = {
  start: 'in_progress',
  hold: 'on_hold',
  resume: 'in_progress',
  resolve: 'resolved',
  confirm: 'closed',
  close: 'closed',
  reopen: 'in_progress',
  cancel: 'cancelled',
};

/** What the screen may show before the server has answered. */
export function expectedChange(ticket: Pick<TicketView, 'status'>, step: Step): Partial<TicketView> {
  if (step.verb !== 'assign') return { status: TARGETS[step.verb] };
  return {
    ...(step.assignee && { assignee: step.assignee, status: ticket.status === 'new' ? 'assigned' : ticket.status }),
    ...(step.team && { team: step.team }),
  };
}

/**
 * Asks the server for the step. Only giving a ticket away depends on the version that was
 * seen. What may be asked for twice, after a cut connection, comes with the same `once`.
 */
export async function takeStep(
  ticket: Pick<TicketView, 'number' | 'version'>,
  step: Step,
  once?: string,
): Promise<TicketView> {
  const path = { key: ticket.number };
  const headers = once ? { 'Idempotency-Key': once } : undefined;
  switch (step.verb) {
    case 'assign': {
      const body = { assignee_id: step.assignee?.id, team_id: step.team?.id };
      const seen = { 'If-Match': `"${ticket.version}"` };
      return (await assignTicket({ path, body, headers: { ...headers, ...seen } })).data;
    }
    case 'start':
      return (await startTicket({ path, body: { comment: step.comment }, headers })).data;
    case 'resume':
      return (await resumeTicket({ path, body: { comment: step.comment }, headers })).data;
    case 'confirm':
      return (await confirmTicket({ path, body: { comment: step.comment }, headers })).data;
    case 'close':
      return (await closeTicket({ path, body: { comment: step.comment }, headers })).data;
    case 'hold':
      return (await holdTicket({ path, body: { reason: step.reason }, headers })).data;
    case 'cancel':
      return (await cancelTicket({ path, body: { reason: step.reason }, headers })).data;
    case 'reopen':
      return (await reopenTicket({ path, body: { reason: step.reason }, headers })).data;
    case 'resolve':
      return (await resolveTicket({ path, body: { resolution_code: step.code, resolution_note: step.note }, headers }))
        .data;
  }
}
