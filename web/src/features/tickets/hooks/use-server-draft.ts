import { useCallback, useEffect, useRef, useState } from 'react';
import { deleteDraft, putDraft } from '@/api';
import { useMe } from '@/features/session/public';
import { asApiError } from '@/lib/api-error';
import { draftKey, readDraft, writeDraft } from '@/lib/draft';
import {
  draftOf,
  fieldsOf,
  type LocalDraft,
  NO_DRAFT,
  reconcile,
  type ServerDraft,
  type Visibility,
} from '../draft-keeper';
import { findDraft } from '../find-draft';
import { unsentBox } from '../unsent';

/** Where the text is: on the server, on its way, on this device only, or nowhere but on the screen. */
export type DraftMark = 'none' | 'saving' | 'saved' | 'device' | 'unkept';

const WAIT_MS = 800;
const AGAIN_MS = 8_000;

interface TicketKey {
  id: string;
  number: string;
}

const contextOf = (ticket: TicketKey, visibility: Visibility) =>
  `${visibility === 'internal' ? 'internal' : 'reply'}:${ticket.id}`;

async function fetchDraft(ticket: TicketKey): Promise<ServerDraft | null> {
  const draft = await findDraft((context) => context.endsWith(`:${ticket.id}`));
  return (
    draft && {
      body: typeof draft.content.body === 'string' ? draft.content.body : '',
      visibility: draft.context.startsWith('internal:') ? 'internal' : 'public',
      version: draft.version,
    }
  );
}

async function remove(ticket: TicketKey, visibility: Visibility): Promise<void> {
  try {
    await deleteDraft({ path: { context: contextOf(ticket, visibility) } });
  } catch (error) {
    if (asApiError(error).status !== 404) throw error;
  }
}

/**
 * Text for a ticket that survives reload, sign-out, another device and a lost
 * connection: it goes to this device at once, and to the server a moment later.
 */
export function useServerDraft(ticket: TicketKey) {
  const me = useMe();
  const key = draftKey(me.id, ticket.number);
  const [draft, setDraft] = useState<LocalDraft>(() => draftOf(readDraft(localStorage, key)));
  const [mark, setMark] = useState<DraftMark>('none');
  const [theirs, setTheirs] = useState<ServerDraft | null>(null);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isBusy = useRef(false);
  const underWay = useRef<Promise<void>>(undefined);
  const hasConflict = useRef(false);
  /** How many texts are being sent: the server's copy stays for as long. */
  const lent = useRef(0);
  const [isLookedUp, setIsLookedUp] = useState(false);
  /** Where the server's copy lies; another place when the readers were changed. */
  const keptAs = useRef<Visibility | null>(draft.version > 0 ? draft.visibility : null);
  const { id, number } = ticket;

  const set = useCallback(
    (next: LocalDraft) => {
      latest.current = next;
      setDraft(next);
      return writeDraft(localStorage, key, fieldsOf(next), next.body.trim() === '' && next.version === 0);
    },
    [key],
  );

  const settle = useCallback(
    (server: ServerDraft | null): boolean => {
      const verdict = reconcile(latest.current, server);
      keptAs.current = server?.visibility ?? null;
      if (verdict.kind === 'adopt') {
        const { body } = verdict.draft;
        // A copy of what is being sent is no text to go on with.
        const isUnsent = unsentBox.list(draftKey(me.id, `unsent.${number}`)).some((each) => each.body === body);
        const next = isUnsent && !latest.current.body.trim() ? { ...verdict.draft, body: '' } : verdict.draft;
        set(next);
        setMark(next.body.trim() ? 'saved' : 'none');
      }
      if (verdict.kind === 'save') set(verdict.draft);
      hasConflict.current = verdict.kind === 'conflict';
      setTheirs(verdict.kind === 'conflict' ? verdict.theirs : null);
      return verdict.kind === 'save';
    },
    [set, me.id, number],
  );

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (isBusy.current || lent.current > 0 || hasConflict.current || !latest.current.isDirty) return;
    const ended = Promise.withResolvers<void>();
    underWay.current = ended.promise;
    isBusy.current = true;
    setMark('saving');
    const sent = latest.current;
    const where = { id, number };
    let wait = AGAIN_MS;
    try {
      let version = sent.version;
      if (keptAs.current && keptAs.current !== sent.visibility) {
        await remove(where, keptAs.current);
        keptAs.current = null;
        version = 0;
      }
      if (sent.body.trim()) {
        const path = { context: contextOf(where, sent.visibility) };
        const headers = version > 0 ? { 'If-Match': `"${version}"` } : undefined;
        version = (await putDraft({ path, body: { content: { body: sent.body } }, headers })).data.version;
        keptAs.current = sent.visibility;
      } else if (keptAs.current) {
        await remove(where, keptAs.current);
        keptAs.current = null;
        version = 0;
      }
      const now = latest.current;
      const isSame = now.body === sent.body && now.visibility === sent.visibility;
      set({ ...now, version, isDirty: !isSame });
      setMark(isSame ? (now.body.trim() ? 'saved' : 'none') : 'saving');
      wait = WAIT_MS;
    } catch (error) {
      const { status } = asApiError(error);
      if (status === 412 || status === 428) settle(await fetchDraft(where).catch(() => null));
      setMark('device');
    } finally {
      isBusy.current = false;
    }
    if (latest.current.isDirty && !hasConflict.current) timer.current = setTimeout(() => void save(), wait);
    ended.resolve();
  }, [id, number, set, settle]);

  const change = useCallback(
    (part: Partial<Pick<LocalDraft, 'body' | 'visibility'>>) => {
      const isKept = set({ ...latest.current, ...part, isDirty: true });
      setMark(isKept ? 'saving' : 'unkept');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), WAIT_MS);
    },
    [set, save],
  );

  useEffect(() => {
    let isHere = true;
    const look = async () => {
      try {
        const server = await fetchDraft({ id, number });
        if (isHere && settle(server)) void save();
      } catch {
        if (isHere && latest.current.body.trim()) setMark('device');
      }
      if (isHere) setIsLookedUp(true);
    };
    void look();
    const onOnline = () => void save();
    window.addEventListener('online', onOnline);
    return () => {
      isHere = false;
      window.removeEventListener('online', onOnline);
      void save();
      clearTimeout(timer.current);
    };
  }, [id, number, settle, save]);

  /** The text was sent: nothing of it is kept any longer. */
  const forget = useCallback(async () => {
    const clear = () => {
      clearTimeout(timer.current);
      set({ ...NO_DRAFT, visibility: latest.current.visibility });
      setMark('none');
    };
    clear();
    // A copy that is on its way to the server would arrive there after it was removed.
    await underWay.current;
    if (latest.current.body.trim()) return;
    clear();
    const kept = keptAs.current;
    keptAs.current = null;
    if (kept) await remove({ id, number }, kept).catch(() => undefined);
  }, [id, number, set]);

  /** The text leaves the field to be sent, or something beside it is. The server's copy stays until that has ended. */
  const lend = useCallback(
    ({ isBeside = false } = {}) => {
      lent.current += 1;
      clearTimeout(timer.current);
      if (isBeside) return;
      set({ ...latest.current, body: '', isDirty: false });
      setMark('none');
    },
    [set],
  );
  const giveBack = useCallback(
    async (isSaid: boolean) => {
      lent.current -= 1;
      if (lent.current > 0) return;
      if (isSaid && latest.current.body.trim() === '') await forget();
      else await save();
    },
    [forget, save],
  );
  const draftNow = useCallback(() => latest.current, []);

  /** Ends the conflict with one of both texts. */
  const decide = useCallback(
    (isMine: boolean) => {
      if (!theirs) return;
      hasConflict.current = false;
      setTheirs(null);
      if (isMine) {
        set({ ...latest.current, version: theirs.version, isDirty: true });
        void save();
      } else {
        set({ ...theirs, isDirty: false });
        setMark('saved');
      }
    },
    [theirs, set, save],
  );

  return { draft, draftNow, change, forget, lend, giveBack, mark, theirs, decide, isLookedUp };
}
