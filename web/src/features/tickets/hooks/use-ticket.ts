import { useQuery } from '@tanstack/react-query';
import { getTicketOptions, listTimelineOptions } from '@/api';
import { askAgain } from '@/lib/live-state';

const ASK_AGAIN_MS = 30_000;

/** One ticket by its number, asked for again while it is looked at. */
export function useTicket(number: string) {
  return useQuery({ ...getTicketOptions({ path: { key: number } }), refetchInterval: askAgain(ASK_AGAIN_MS) });
}

/** What happened to it. */
export function useTimeline(number: string) {
  return useQuery({ ...listTimelineOptions({ path: { key: number } }), refetchInterval: askAgain(ASK_AGAIN_MS) });
}
