import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { deletePresence, type Present, putPresence } from '@/api';
import { useMe } from '@/features/session/public';

const AGAIN_MS = 10_000;
/** Who has not typed for so long only looks. */
const TYPING_MS = 15_000;

let typed: { number: string; at: number } | null = null;
const listeners = new Set<() => void>();

function isTyping(number: string): boolean {
  return typed?.number === number && Date.now() - typed.at < TYPING_MS;
}

/** Notes that something is being written on a ticket; the first letter is told at once. */
export function noteTyping(number: string): void {
  const wasTyping = isTyping(number);
  typed = { number, at: Date.now() };
  if (wasTyping) return;
  for (const listener of listeners) listener();
}

const NOBODY: Present[] = [];

/** Says that this person looks at a ticket, or types, and tells who else does. */
export function usePresence(number: string): readonly Present[] {
  const me = useMe();
  const told = useRef<Promise<unknown>>(undefined);
  const { data, refetch } = useQuery({
    queryKey: ['presence', number],
    queryFn: async () => {
      const body = { activity: isTyping(number) ? 'typing' : 'viewing' } as const;
      const answer = putPresence({ path: { key: number }, body });
      told.current = answer;
      return (await answer).data.data;
    },
    refetchInterval: AGAIN_MS,
    staleTime: 0,
    gcTime: 0,
    // Nobody misses anything when it fails.
    retry: false,
  });
  useEffect(() => {
    const tell = () => void refetch();
    listeners.add(tell);
    return () => void listeners.delete(tell);
  }, [refetch]);
  useEffect(() => {
    const leave = () => deletePresence({ path: { key: number }, keepalive: true });
    // A closed window says so too, at once: the request outlives it.
    const close = () => void (told.current && leave().catch(() => undefined));
    window.addEventListener('pagehide', close);
    return () => {
      window.removeEventListener('pagehide', close);
      // Not before the server knows of it, which would take the leaving for a coming.
      void told.current?.then(leave).catch(() => undefined);
    };
  }, [number]);
  return data?.filter(({ user }) => user.id !== me.id) ?? NOBODY;
}
