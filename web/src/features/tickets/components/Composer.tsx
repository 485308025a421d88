import { Button, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { addComment, type TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { asApiError } from '@/lib/api-error';
import { draftKey } from '@/lib/draft';
import { FormProblem } from '@/ui/form/FormProblem';
import { useDraft } from '@/ui/form/use-draft';
import { IconLock, IconMessage, IconNote, IconSend } from '@/ui/icons';
import { acceptTicket } from '../cache';
import { PublishDialog } from './PublishDialog';
import classes from './ticket-pane.module.css';

const EMPTY = { body: '', visibility: 'public' };

/** Writes to the requester or to colleagues. What is typed stays on this device until it is sent. */
export function Composer({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const client = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const { draft, change, forget, isKept } = useDraft(draftKey(me.id, ticket.number), EMPTY);
  const [isOpen, setIsOpen] = useState(draft.body !== '');
  const [isPublishing, setIsPublishing] = useState(false);
  const isInternal = draft.visibility === 'internal';
  const send = useMutation({
    mutationFn: async () => {
      const body = { body: draft.body, visibility: isInternal ? 'internal' : 'public' } as const;
      return (await addComment({ path: { key: ticket.number }, body })).data;
    },
    onSuccess: async (answer) => {
      notifications.show({ message: isInternal ? t('done.note') : t('done.comment'), color: 'teal' });
      forget();
      setIsOpen(false);
      await acceptTicket(client, answer);
    },
  });

  const keys = useMemo<Action[]>(() => {
    const open = (visibility: string) => () => {
      setIsOpen(true);
      change({ visibility });
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
        run: open('public'),
      },
      {
        id: 'ticket.note',
        label: t('composer.writeNote'),
        section,
        icon: IconNote,
        shortcut: 'i',
        run: open('internal'),
      },
    ];
  }, [t, ticket.number, change]);
  useActions(keys);

  if (!isOpen) {
    return (
      <div className={`${classes.composer} no-print`}>
        <Group gap="xs">
          {keys.map((action) => (
            <Button
              key={action.id}
              variant="default"
              leftSection={action.icon && <action.icon aria-hidden size={15} />}
              aria-keyshortcuts={action.shortcut}
              onClick={action.run}
            >
              {action.id === 'ticket.reply' ? t('composer.public') : t('composer.internal')}
            </Button>
          ))}
        </Group>
      </div>
    );
  }

  const switchTo = (visibility: string) => {
    if (visibility === 'public' && isInternal && draft.body.trim()) setIsPublishing(true);
    else change({ visibility });
  };
  const isEmpty = draft.body.trim() === '';
  return (
    <form
      className={`${classes.composer} no-print`}
      data-internal={isInternal || undefined}
      aria-label={t('composer.label')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty && !send.isPending) send.mutate();
      }}
    >
      <Group gap="sm" mb="xs" wrap="wrap">
        <SegmentedControl
          aria-label={t('composer.label')}
          value={draft.visibility}
          onChange={switchTo}
          data={[
            { value: 'public', label: t('composer.public') },
            { value: 'internal', label: t('composer.internal') },
          ]}
        />
        <Text size="xs" id="composer-reader">
          {isInternal && <IconLock aria-hidden size={12} />}{' '}
          {isInternal ? t('composer.internalTo') : t('composer.publicTo', { name: ticket.requester.name })}
        </Text>
      </Group>
      {send.isError && <FormProblem problem={asApiError(send.error)} />}
      <Textarea
        ref={field}
        autosize
        minRows={3}
        maxRows={12}
        size="sm"
        maxLength={65_536}
        aria-label={isInternal ? t('composer.internal') : t('composer.public')}
        aria-describedby="composer-reader"
        placeholder={isInternal ? t('composer.internalPlaceholder') : t('composer.publicPlaceholder')}
        value={draft.body}
        onChange={(event) => change({ body: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          if (event.key !== 'Escape') return;
          event.currentTarget.blur();
          if (isEmpty) setIsOpen(false);
        }}
      />
      <Group justify="flex-end" gap="sm" mt="xs">
        <Text size="xs" c="dimmed" aria-live="polite">
          {!isEmpty && (isKept ? t('composer.kept') : t('composer.notKept'))}
        </Text>
        <Button variant="default" onClick={() => setIsOpen(false)}>
          {t('common:form.close')}
        </Button>
        <Button
          type="submit"
          color={isInternal ? 'yellow' : undefined}
          disabled={isEmpty}
          loading={send.isPending}
          leftSection={<IconSend aria-hidden size={15} />}
        >
          {isInternal ? t('composer.note') : t('composer.send')}
        </Button>
      </Group>
      <PublishDialog
        isOpen={isPublishing}
        onClose={() => setIsPublishing(false)}
        onPublish={() => {
          change({ visibility: 'public' });
          setIsPublishing(false);
        }}
      />
    </form>
  );
}
