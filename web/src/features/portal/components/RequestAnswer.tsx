import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addComment, operation, type TicketView } from '@/api';
import { FilePicker, useChosenFiles } from '@/features/attachments/public';
import { acceptTicket } from '@/features/tickets/public';
import { asApiError } from '@/lib/api-error';
import { Refusable } from '@/ui/action/Refusable';
import { NotSent } from '@/ui/feedback/NotSent';
import { useOutbox } from '@/ui/feedback/use-outbox';
import { FormProblem } from '@/ui/form/FormProblem';
import { IconSend } from '@/ui/icons';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useKeptDraft } from '../hooks/use-kept-draft';
import { KeptMark } from './KeptMark';

const EMPTY = { body: '' };
const FINISHED = new Set(['closed', 'cancelled']);

/** The requester's side of the conversation. */
export function RequestAnswer({ ticket }: { ticket: TicketView }) {
  const draft = useKeptDraft(`reply:${ticket.id}`, EMPTY);
  if (!draft.start) return <SkeletonRows rows={2} height={40} />;
  if (FINISHED.has(ticket.status) && !draft.start.body.trim()) return null;
  return <Answer key={ticket.number} ticket={ticket} draft={draft} start={draft.start.body} />;
}

interface AnswerProps {
  ticket: TicketView;
  draft: ReturnType<typeof useKeptDraft<typeof EMPTY>>;
  start: string;
}

function Answer({ ticket, draft, start }: AnswerProps) {
  const { t } = useTranslation(['portal', 'common']);
  const client = useQueryClient();
  const [body, setBody] = useState(start);
  const files = useChosenFiles();
  const isEmpty = body.trim() === '';
  const post = useOutbox(`answer:${ticket.number}`, ({ kind }) => {
    // Another visit of this page may have sent it.
    if (kind === 'sent') emptied();
  });
  const emptied = () => {
    draft.forget();
    setBody('');
  };
  const attempt = useRef({ once: '', text: '' });
  const send = useMutation({
    mutationFn: () => {
      if (attempt.current.text !== body) attempt.current = { once: crypto.randomUUID(), text: body };
      const headers = { 'Idempotency-Key': attempt.current.once };
      return post.send(async () => {
        // The words first, so that the files stand with them; when the files fail, only they are left to send.
        if (!isEmpty) {
          const input = { path: { key: ticket.number }, body: { body, visibility: 'public' as const }, headers };
          const answer = await addComment(input);
          emptied();
          await acceptTicket(client, answer.data);
        }
        await files.upload(ticket.number);
        await client.invalidateQueries({ queryKey: operation('listAttachments') });
      });
    },
    onSettled: (isSent) => {
      if (isSent !== false) attempt.current = { once: '', text: '' };
    },
  });
  const change = (text: string) => {
    post.withdraw();
    setBody(text);
    draft.change({ body: text });
  };
  const hasNothing = isEmpty && files.chosen.length === 0;
  return (
    <form
      onPaste={files.onPaste}
      onSubmit={(event) => {
        event.preventDefault();
        if (!hasNothing && !send.isPending) send.mutate();
      }}
    >
      <NotSent isWaiting={post.isWaiting} onTry={post.tryNow} onWithdraw={post.withdraw} />
      {send.isError && <FormProblem problem={asApiError(send.error)} />}
      <Textarea
        size="md"
        mb="sm"
        label={t('request.answer')}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={65_536}
        value={body}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <FilePicker chosen={files.chosen} onAdd={files.add} onRemove={files.remove} progress={files.progress} />
      <Group justify="flex-end" mt="sm" gap="md">
        <KeptMark kept={draft.kept} />
        <Refusable reason={hasNothing && !send.isPending ? t('common:refused.nothingWritten') : null}>
          <Button
            size="md"
            h={44}
            type="submit"
            loading={send.isPending}
            leftSection={<IconSend aria-hidden size={18} />}
          >
            {t('request.send')}
          </Button>
        </Refusable>
      </Group>
    </form>
  );
}
