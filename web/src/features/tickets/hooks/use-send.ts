import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addComment, listTimeline, operation, type TicketView, uploadFiles } from '@/api';
import { acceptTicket } from '../cache';
import type { Visibility } from '../draft-keeper';
import { type Step, takeStep } from '../steps';

/** A step that a public reply can take with it. */
export type SendVerb = 'start' | 'resume' | 'hold' | 'resolve' | 'close';

interface Message {
  body: string;
  visibility: Visibility;
  files: readonly File[];
  verb?: SendVerb;
}

function stepWith(verb: SendVerb, body: string): Step {
  if (verb === 'hold') return { verb, reason: body };
  if (verb === 'resolve') return { verb, code: 'solved', note: body };
  return { verb, comment: body };
}

/** Says it, with the step where one goes along. */
async function say(ticket: TicketView, { body, visibility, verb }: Message): Promise<TicketView> {
  // A step carries its words as a public comment, all or nothing; the note of a resolution is none.
  if (verb && verb !== 'resolve') return takeStep(ticket, stepWith(verb, body));
  const { data } = await addComment({ path: { key: ticket.number }, body: { body, visibility } });
  return verb ? takeStep(data, stepWith(verb, body)) : data;
}

/** Sends what is written, then its files; what has been sent is not sent again by another try. */
export function useSend(ticket: TicketView, meId: string, onSaid: () => void) {
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
      const done = verb ? t(`done.${verb}`, { number: ticket.number }) : t('done.comment');
      notifications.show({ message: visibility === 'internal' ? t('done.note') : done, color: 'teal' });
    },
    onSettled: async (answer) => {
      if (answer) await acceptTicket(client, answer);
      else await client.invalidateQueries({ queryKey: operation('listTimeline') });
      await client.invalidateQueries({ queryKey: operation('listAttachments') });
    },
  });
  return { ...mutation, progress, hasUnsentFiles: mutation.isError && unfinished.current !== null };
}
