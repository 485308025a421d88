import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addComment, getTicket, serverNow, type TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { type ApiError, asApiError } from '@/lib/api-error';
import { outbox } from '@/lib/outbox';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { problemWords } from '@/ui/feedback/problem-words';
import { acceptTicket, showChange } from '../cache';
import { expectedChange, type Step, takeStep } from '../steps';
import { notifyChange } from '../undo-change';
import { isSaid, joined, type Message, type SendVerb, type Unsent, unsentBox, waitsAs } from '../unsent';
import type { useServerDraft } from './use-server-draft';
import { useTimeline } from './use-ticket';
import { useUnsent } from './use-unsent';

function stepWith(verb: SendVerb, body: string): Step {
  if (verb === 'hold') return { verb, reason: body };
  if (verb === 'resolve') return { verb, code: 'solved', note: body };
  return { verb, comment: body };
}

/**
 * Says it, with the step where one goes along. A step carries its words as a public comment, all or
 * nothing; the note of a resolution is none, so that a refused resolution leaves a comment behind.
 */
export async function say(ticket: TicketView, message: Message): Promise<TicketView> {
  const { body, visibility, verb, once } = message;
  if (verb && verb !== 'resolve') return takeStep(ticket, stepWith(verb, body), once);
  const headers = { 'Idempotency-Key': once };
  const { data } = await addComment({ path: { key: ticket.number }, body: { body, visibility }, headers });
  if (!verb) return data;
  try {
    return await takeStep(data, stepWith(verb, body), `${once}-${verb}`);
  } catch (error) {
    // Without a connection all of it is tried again, and says nothing twice.
    if (asApiError(error).isOffline) throw error;
    notifyProblem(error);
    return (await getTicket({ path: { key: ticket.number } })).data;
  }
}

const PARTING_MS = 100;

const turns = new Map<string, Promise<unknown>>();

/** One after the other, so that what was sent first stands first. */
function inTurn<Answer>(key: string, work: () => Promise<Answer>): Promise<Answer> {
  const turn = (turns.get(key) ?? Promise.resolve()).then(work);
  turns.set(
    key,
    turn.catch(() => undefined),
  );
  return turn;
}

const textOf = ({ body, visibility, verb }: Omit<Message, 'once'>) => JSON.stringify([body, visibility, verb]);

/**
 * Sends words: they leave the composer and stand in the conversation at once. What is refused or finds no
 * connection comes back into the composer, or stays where it is when something else is being written there.
 */
export function useSay(ticket: TicketView, kept: ReturnType<typeof useServerDraft>, onBack: () => void) {
  const { t } = useTranslation('tickets');
  const client = useQueryClient();
  const me = useMe();
  const { key, messages } = useUnsent(ticket.number);
  const timeline = useTimeline(ticket.number);
  const [error, setError] = useState<ApiError | null>(null);
  const { lend, giveBack, forget, change, draftNow, isLookedUp } = kept;
  /** What came back into the composer: sent as it is, it is still the same message. */
  const attempt = useRef({ once: '', text: '' });
  const isHere = useRef(true);
  const isEmptyNow = useCallback(() => draftNow().body.trim() === '', [draftNow]);
  const now = useRef({ ticket, onBack });
  now.current = { ticket, onBack };
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  /** Says it, and tells when the conversation holds it. */
  const post = useCallback(
    async (message: Unsent) => {
      const { verb, body, visibility } = message;
      const seen = now.current.ticket;
      const undo = verb && showChange(client, seen.number, expectedChange(seen, stepWith(verb, body)));
      const answer = await say(seen, message).catch((problem) => {
        undo?.();
        throw problem;
      });
      if (verb) notifyChange(client, seen.number, t(`done.${verb}`, { number: seen.number }));
      else notifications.show({ message: t(visibility === 'internal' ? 'done.note' : 'done.comment'), color: 'teal' });
      await acceptTicket(client, answer).catch(() => undefined);
    },
    [client, t],
  );

  /** It could not be sent: into the composer when there is room, and else it stays in the conversation. */
  const bringBack = useCallback(
    (message: Unsent, problem: ApiError | null): boolean => {
      if (!isHere.current || !isEmptyNow()) {
        unsentBox.change(
          key,
          message.once,
          problem && !problem.isOffline
            ? { state: 'refused', reason: problemWords(problem).message }
            : { state: problem ? 'waits' : 'left' },
        );
        return false;
      }
      const { body, visibility } = message;
      change({ body, visibility });
      unsentBox.remove(key, message.once);
      now.current.onBack();
      return true;
    },
    [key, isEmptyNow, change],
  );

  const deliver = useCallback(
    async (message: Unsent) => {
      unsentBox.put(key, { ...message, state: 'sending', reason: undefined });
      const letter = async () => {
        await inTurn(key, () => post(message));
        unsentBox.remove(key, message.once);
      };
      try {
        await letter();
        await giveBack(true);
      } catch (thrown) {
        const problem = asApiError(thrown);
        // A page that is being closed cuts its requests too: it shall leave the message as one whose fate nobody knows.
        if (problem.isOffline) await new Promise((resolve) => setTimeout(resolve, PARTING_MS));
        const isBack = bringBack(message, problem);
        void giveBack(false);
        if (!problem.isOffline) {
          if (isBack) setError(problem);
          else if (!isHere.current) notifyProblem(problem);
          return;
        }
        if (!isBack) {
          outbox.put(waitsAs(message.once), letter);
          return;
        }
        attempt.current = { once: message.once, text: textOf(message) };
        outbox.put(`reply:${now.current.ticket.number}`, async () => {
          await letter();
          await forget();
        });
      }
    },
    [key, post, bringBack, giveBack, forget],
  );

  const send = (message: Omit<Message, 'once'>) => {
    setError(null);
    const text = textOf(message);
    const once = attempt.current.text === text ? attempt.current.once : crypto.randomUUID();
    attempt.current = { once: '', text: '' };
    lend();
    void deliver({ ...message, once, at: serverNow(), state: 'sending' });
  };

  const rescue = useMemo(() => {
    const find = (once: string) => unsentBox.list(key).find((each) => each.once === once);
    return {
      again: (once: string) => {
        const message = find(once);
        if (!message) return;
        outbox.takeOut(waitsAs(once));
        // An answer that refused it would be given again under the same name.
        const isNew = message.state === 'refused';
        if (isNew) unsentBox.remove(key, once);
        lend({ isBeside: true });
        void deliver(isNew ? { ...message, once: crypto.randomUUID(), at: serverNow() } : message);
      },
      take: (once: string) => {
        const message = find(once);
        if (!message) return;
        outbox.takeOut(waitsAs(once));
        unsentBox.remove(key, once);
        change(joined(draftNow(), message));
        now.current.onBack();
      },
    };
  }, [key, deliver, change, draftNow, lend]);
  useEffect(() => unsentBox.serve(key, rescue), [key, rescue]);

  // What waited for the connection and is refused now.
  useEffect(
    () =>
      outbox.listen((name, outcome) => {
        if (outcome?.kind !== 'refused') return;
        const problem = asApiError(outcome.error);
        if (name === `reply:${ticket.number}`) setError(problem);
        const message = unsentBox.list(key).find(({ once }) => waitsAs(once) === name);
        if (message && bringBack(message, problem)) setError(problem);
      }),
    [key, ticket.number, bringBack],
  );

  // What a page left behind when it was closed: it was said, or nobody knows.
  const items = timeline.isSuccess ? timeline.data.data : null;
  useEffect(() => {
    if (!items || !isLookedUp) return;
    for (const message of messages) {
      const isLost = message.state === 'waits' && !outbox.waits(waitsAs(message.once));
      if (message.state !== 'left' && !isLost) continue;
      if (isSaid(message, items, me.id)) {
        unsentBox.remove(key, message.once);
        if (isEmptyNow()) void forget();
      } else if (isEmptyNow() && bringBack(message, null)) {
        attempt.current = { once: message.once, text: textOf(message) };
      }
    }
  }, [items, isLookedUp, messages, key, me.id, isEmptyNow, forget, bringBack]);

  return { send, error };
}
