import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { refusalWords } from '@/ui/feedback/problem-words';
import {
  IconAssign,
  IconAssignMe,
  IconCancelled,
  IconClosed,
  IconHold,
  IconReopen,
  IconResolved,
  IconStart,
  type LucideIcon,
} from '@/ui/icons';
import { actionFor } from '../model';
import type { Step, StepVerb } from '../steps';

interface Look {
  icon: LucideIcon;
  shortcut?: string;
  /** Asks something before it is done. */
  asks: boolean;
}

const LOOKS: Record<StepVerb, Look> = {
  assign: { icon: IconAssign, shortcut: 'a', asks: true },
  start: { icon: IconStart, asks: false },
  resume: { icon: IconStart, asks: false },
  hold: { icon: IconHold, shortcut: 'h', asks: true },
  resolve: { icon: IconResolved, shortcut: 'e', asks: true },
  confirm: { icon: IconClosed, asks: false },
  close: { icon: IconClosed, asks: false },
  reopen: { icon: IconReopen, asks: true },
  cancel: { icon: IconCancelled, asks: true },
};

/** In the order of a ticket's life. */
const ORDER: readonly StepVerb[] = ['assign', 'start', 'resume', 'resolve', 'close', 'reopen', 'hold', 'cancel'];

export interface VerbAction extends Action {
  verb: StepVerb;
}

interface Handlers {
  ticket: TicketView;
  isBusy: boolean;
  onStep: (step: Step) => void;
  onAsk: (verb: StepVerb) => void;
}

/** What the server allows with this ticket, as actions; what it refuses, with its reason. */
export function useVerbActions({ ticket, isBusy, onStep, onAsk }: Handlers): VerbAction[] {
  const { t } = useTranslation('tickets');
  const me = useMe();
  return useMemo<VerbAction[]>(() => {
    const section = ticket.number;
    const known = ORDER.flatMap<VerbAction>((verb) => {
      const told = actionFor(ticket, verb);
      if (!told) return [];
      const { icon, shortcut, asks } = LOOKS[verb];
      const isSimple = verb === 'start' || verb === 'resume' || verb === 'close' || verb === 'confirm';
      return {
        id: `ticket.${verb}`,
        verb,
        label: t(`verb.${verb}`),
        section,
        icon,
        shortcut,
        refusal: told.allowed && !isBusy ? null : (refusalWords(told) ?? t('page.busy')),
        run: () => (isSimple && !asks ? onStep({ verb }) : onAsk(verb)),
      };
    });
    const assign = known.find((action) => action.verb === 'assign');
    if (!assign) return known;
    const toMe: VerbAction = {
      ...assign,
      id: 'ticket.assign-me',
      label: t('verb.assignMe'),
      icon: IconAssignMe,
      shortcut: 'm',
      refusal: assign.refusal ?? (ticket.assignee?.id === me.id ? t('page.alreadyYours') : null),
      run: () => onStep({ verb: 'assign', assignee: { id: me.id, name: me.name } }),
    };
    return [toMe, ...known];
  }, [ticket, isBusy, onStep, onAsk, t, me.id, me.name]);
}

/** The actions of the ticket under work, with their shortcuts, in palette and help. */
export function useTicketActions(handlers: Handlers): VerbAction[] {
  const actions = useVerbActions(handlers);
  useActions(actions);
  return actions;
}
