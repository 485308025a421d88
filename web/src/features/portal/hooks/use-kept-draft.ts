import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { deleteDraft, getDraftQueryKey, putDraft } from '@/api';
import { useMe } from '@/features/session/public';
import { findDraft } from '@/features/tickets/public';
import { asApiError } from '@/lib/api-error';
import { draftKey, readDraft, writeDraft } from '@/lib/draft';
import { isBlank, ownTexts } from '../model';

/** Where the text is kept now. */
export type Kept = 'nothing' | 'device' | 'saving' | 'server';

const SAVE_AFTER_MS = 1_000;

/**
 * A draft that is on this device with every key and on the server a second later,
 * so that it can be finished on another one. `start` is what to begin with, once
 * it is known. A person has one draft per context: what was typed last counts.
 */
export function useKeptDraft<Fields extends Record<string, string>>(context: string, empty: Fields) {
  const me = useMe();
  const client = useQueryClient();
  const key = draftKey(me.id, context);
  const path = { context };
  /** Of the server's copy; null while there is none. */
  const version = useRef<number | null>(null);
  const looked = useRef<Promise<unknown>>(undefined);
  const stored = useQuery({
    queryKey: getDraftQueryKey({ path }),
    queryFn: async () => {
      const looking = findDraft((each) => each === context);
      looked.current = looking;
      const found = await looking;
      version.current ??= found?.version ?? null;
      return found;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const [kept, setKept] = useState<Kept>('nothing');
  const isOver = useRef(false);
  const underWay = useRef<Promise<unknown>>(undefined);

  const save = useDebouncedCallback(async (fields: Fields) => {
    if (isOver.current) return;
    setKept('saving');
    await Promise.allSettled([looked.current]);
    const put = async (seen: number | null | undefined) => {
      const headers = seen ? { 'If-Match': `"${seen}"` } : {};
      version.current = (await putDraft({ path, body: { content: fields }, headers })).data.version;
    };
    try {
      const sent = put(version.current).catch(async (error) => {
        if (![404, 409, 412, 428].includes(asApiError(error).status)) throw error;
        // The other device's draft is older than what is typed here now.
        const other = await findDraft((each) => each === context).catch(() => null);
        await put(other?.version);
      });
      underWay.current = sent;
      await sent;
      if (isOver.current) return;
      setKept('server');
    } catch {
      if (!isOver.current) setKept('device');
    }
  }, SAVE_AFTER_MS);

  const change = useCallback(
    (fields: Fields) => {
      isOver.current = false;
      const isEmpty = isBlank(fields, empty);
      const isWritten = writeDraft(localStorage, key, fields, isEmpty);
      setKept(isEmpty ? 'nothing' : isWritten ? 'device' : 'saving');
      void save(fields);
    },
    [key, empty, save],
  );

  /** It was sent or is not wanted: it is gone everywhere. */
  const forget = useCallback(() => {
    isOver.current = true;
    setKept('nothing');
    writeDraft(localStorage, key, {}, true);
    // Taken away, it would be asked for again while it is being removed.
    client.setQueryData(getDraftQueryKey({ path: { context } }), null);
    // A copy that is on its way to the server would arrive there after it was removed.
    const remove = async () => {
      if (!isOver.current || version.current === null) return;
      version.current = null;
      await deleteDraft({ path: { context } });
    };
    void Promise.allSettled([looked.current, underWay.current])
      .then(remove)
      .catch(() => undefined);
  }, [key, client, context]);

  // What a form begins with stays: a later answer must not take away what is being typed.
  const [start, setStart] = useState<Fields | null>(() => {
    const mine: Fields = { ...empty, ...ownTexts(readDraft(localStorage, key), empty) };
    return isBlank(mine, empty) ? null : mine;
  });
  if (!start && !stored.isPending) setStart({ ...empty, ...ownTexts(stored.data?.content ?? {}, empty) });
  return { start, wasRestored: start !== null && !isBlank(start, empty), kept, change, forget };
}
