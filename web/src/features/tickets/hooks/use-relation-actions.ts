import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { TicketView } from '@/api';
import { useMute } from '@/features/notifications/public';
import { refusalWords } from '@/ui/feedback/problem-words';
import {
  IconBell,
  IconCopy,
  IconEscalate,
  IconLink,
  IconMail,
  IconMajor,
  IconMerge,
  IconMute,
  IconPrint,
  IconSplit,
  IconTasks,
  type LucideIcon,
} from '@/ui/icons';
import { actionFor } from '../model';

/** What a dialog asks before something is hung on a ticket, or taken out of it. */
export type RelationTask =
  | { kind: 'link' | 'task' | 'watcher' | 'merge' | 'escalate' | 'description' | 'told' }
  | { kind: 'split'; commentId?: string };

interface Offer {
  /** Word of the API. */
  verb: string;
  kind: 'link' | 'task' | 'merge' | 'split' | 'escalate';
  icon: LucideIcon;
  shortcut?: string;
}

const OFFERS: readonly Offer[] = [
  { verb: 'link', kind: 'link', icon: IconLink, shortcut: 'l' },
  { verb: 'add_task', kind: 'task', icon: IconTasks },
  { verb: 'merge', kind: 'merge', icon: IconMerge },
  { verb: 'split', kind: 'split', icon: IconSplit },
  { verb: 'escalate', kind: 'escalate', icon: IconEscalate },
];

/** What can be done with a ticket besides the steps of its life. */
export function useRelationActions(ticket: TicketView, onTask: (task: RelationTask) => void): Action[] {
  const { t } = useTranslation(['tickets', 'common']);
  const navigate = useNavigate();
  const { isMuted, isKnown, toggle } = useMute(ticket);
  const actions = useMemo<Action[]>(() => {
    const section = ticket.number;
    const offered = OFFERS.flatMap<Action>(({ verb, kind, icon, shortcut }) => {
      const told = actionFor(ticket, verb);
      if (!told) return [];
      return {
        id: `ticket.${kind}`,
        label: t(`relation.${kind}`),
        section,
        icon,
        shortcut,
        refusal: told.allowed ? null : (refusalWords(told) ?? t('page.readOnly')),
        run: () => onTask({ kind }),
      };
    });
    const declare = actionFor(ticket, 'declare_major');
    const room: Action[] =
      ticket.is_major || declare
        ? [
            {
              id: 'ticket.war-room',
              label: ticket.is_major ? t('major.room') : t('major.declare'),
              section,
              icon: IconMajor,
              refusal: ticket.is_major || declare?.allowed ? null : (refusalWords(declare) ?? t('page.readOnly')),
              run: () => void navigate({ to: '/agent/incidents/$key/war-room', params: { key: ticket.number } }),
            },
          ]
        : [];
    const copyLink = async () => {
      await navigator.clipboard.writeText(`${window.location.origin}/agent/incidents/${ticket.number}`);
      notifications.show({ message: t('page.linkCopied'), color: 'teal' });
    };
    return [
      ...offered,
      ...room,
      {
        id: 'ticket.mute',
        label: isMuted ? t('common:mute.unmute') : t('common:mute.mute'),
        section,
        icon: isMuted ? IconBell : IconMute,
        refusal: isKnown ? null : t('page.busy'),
        run: toggle,
      },
      { id: 'ticket.told', label: t('relation.told'), section, icon: IconMail, run: () => onTask({ kind: 'told' }) },
      { id: 'ticket.copy-link', label: t('page.copyLink'), section, icon: IconCopy, run: () => void copyLink() },
      { id: 'ticket.print', label: t('page.print'), section, icon: IconPrint, run: () => window.print() },
    ];
  }, [ticket, onTask, t, navigate, isMuted, isKnown, toggle]);
  useActions(actions);
  return actions;
}
