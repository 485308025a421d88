import { Button, Group } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { TicketView } from '@/api';
import { refusalWords } from '@/ui/feedback/problem-words';
import { IconMessage, IconNote } from '@/ui/icons';
import { useSay } from '../../hooks/use-say';
import { useServerDraft } from '../../hooks/use-server-draft';
import { takeIntent } from '../../intent';
import { actionFor } from '../../model';
import { ComposerForm } from './ComposerForm';
import classes from './composer.module.css';

/** Writes to the requester or to colleagues. What is typed is kept until it is sent. */
export function Composer({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useServerDraft(ticket);
  const { draft, change } = kept;
  const [wanted, setWanted] = useState<'open' | 'closed' | null>(null);
  // A text that is waiting, from another device too, opens the composer by itself.
  if (wanted === null && draft.body.trim() !== '') setWanted('open');
  const isOpen = wanted === 'open';
  const saying = useSay(ticket, kept, () => setWanted('open'));

  const refusalOf = (verb: string) => {
    const told = actionFor(ticket, verb);
    return told && !told.allowed ? (refusalWords(told) ?? t('page.readOnly')) : null;
  };
  const noReply = refusalOf('comment');
  const noNote = refusalOf('comment_internal');
  const keys = useMemo<Action[]>(() => {
    const open = (visibility: 'public' | 'internal') => () => {
      setWanted('open');
      // A text that was written keeps its readers; only an empty one changes them by a key.
      if (!field.current?.value.trim()) change({ visibility });
      requestAnimationFrame(() => field.current?.focus());
    };
    const section = ticket.number;
    return [
      {
        id: 'ticket.reply',
        label: t('composer.reply'),
        section,
        icon: IconMessage,
        shortcut: 'c',
        alias: 'r',
        refusal: noReply,
        run: open('public'),
      },
      {
        id: 'ticket.note',
        label: t('composer.writeNote'),
        section,
        icon: IconNote,
        shortcut: 'i',
        alias: 'n',
        refusal: noNote,
        run: open('internal'),
      },
    ];
  }, [t, ticket.number, change, noReply, noNote]);
  useActions(keys);
  useEffect(() => {
    const intent = takeIntent(ticket.number, ['reply', 'note']);
    keys.find((action) => action.id === `ticket.${intent}`)?.run();
  }, [ticket.number, keys]);

  if (noReply && noNote) return null;
  if (isOpen) {
    return (
      <ComposerForm ticket={ticket} kept={kept} saying={saying} fieldRef={field} onClose={() => setWanted('closed')} />
    );
  }
  return (
    <div className={`${classes.composer} no-print`}>
      <Group gap="xs">
        {keys.map(
          (action) =>
            !action.refusal && (
              <Button
                key={action.id}
                variant="default"
                leftSection={action.icon && <action.icon aria-hidden size={15} />}
                aria-keyshortcuts={action.shortcut}
                onClick={action.run}
              >
                {action.id === 'ticket.reply' ? t('composer.public') : t('composer.internal')}
              </Button>
            ),
        )}
        {draft.body.trim() !== '' && (
          <Button variant="subtle" onClick={() => setWanted('open')}>
            {t('draft.waiting')}
          </Button>
        )}
      </Group>
    </div>
  );
}
