import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listTimeline, operation, type TicketView, uploadFiles } from '@/api';
import { asApiError } from '@/lib/api-error';
import { useOutbox } from '@/ui/feedback/use-outbox';
import { acceptTicket } from '../cache';
import { notifyChange } from '../undo-change';
import type { Message as Saying } from '../unsent';
import { say } from './use-say';

interface Message extends Saying {
  files: readonly File[];
}

interface UseSend {
  ticket: TicketView;
  meId: string;
  /** The words are at the server. */
  onSaid: () => void;
  /** Everything is, the files too. */
  onSent: () => void;
}

/**
 * Sends what is written with files: these are kept nowhere else, so that the text stays in its field until
 * all is there. What has been sent is not sent again by another
 * try. Without a connection it waits, and goes out when the connection is back.
 */
export function useSend({ ticket, meId, onSaid, onSent }: UseSend) {
  const client = useQueryClient();
  const { t } = useTranslation('tickets');
  const [progress, setProgress] = useState<number | null>(null);
  /** The comment whose files are not all sent. */
  const unfinished = useRef<{ commentId: string | undefined; idempotencyKey: string } | null>(null);

  const begin = async (body: string) => {
    const { data } = await listTimeline({ path: { key: ticket.number } });
    const said = data.data.findLast((item) => item.type === 'comment' && item.actor?.id === meId && item.body === body);
    return { commentId: said?.id, idempotencyKey: crypto.randomUUID() };
  };
  const upload = async (files: readonly File[], body: string) => {
    unfinished.current ??= await begin(body);
    setProgress(0);
    try {
      await uploadFiles({
        ticket: ticket.number,
        files,
        ...unfinished.current,
        onProgress: setProgress,
      });
      unfinished.current = null;
    } finally {
      setProgress(null);
    }
  };
  const mutation = useMutation({
    mutationFn: async (message: Message) => {
      const answer = unfinished.current ? null : await say(ticket, message);
      if (answer) onSaid();
      if (message.files.length > 0) await upload(message.files, message.body);
      return answer;
    },
    onSuccess: (_, { visibility, verb }) => {
      // The step can be taken back; the words were read.
      if (verb) notifyChange(client, ticket.number, t(`done.${verb}`, { number: ticket.number }));
      else notifications.show({ message: t(visibility === 'internal' ? 'done.note' : 'done.comment'), color: 'teal' });
    },
    onSettled: async (answer) => {
      if (answer) await acceptTicket(client, answer);
      else await client.invalidateQueries({ queryKey: operation('listTimeline') });
      await client.invalidateQueries({ queryKey: operation('listAttachments') });
    },
  });
  const { mutateAsync, isPending, isError, error } = mutation;
  const post = useOutbox(`reply:${ticket.number}`, ({ kind }) => {
    if (kind !== 'sent') return;
    onSaid();
    onSent();
  });
  const attempt = useRef({ once: '', text: '' });
  const send = async (message: Omit<Message, 'once'>) => {
    const text = JSON.stringify([message.body, message.visibility, message.verb]);
    if (attempt.current.text !== text) attempt.current = { once: crypto.randomUUID(), text };
    const { once } = attempt.current;
    try {
      if (await post.send(() => mutateAsync({ ...message, once }))) onSent();
      else return;
    } catch {
      // The form shows why it was refused.
    }
    attempt.current = { once: '', text: '' };
  };
  return {
    send,
    isPending,
    error: isError && !asApiError(error).isOffline ? error : null,
    progress,
    post,
    hasUnsentFiles: isError && unfinished.current !== null,
  };
}
