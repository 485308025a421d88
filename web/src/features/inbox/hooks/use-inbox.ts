import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import {
  countNotificationsOptions,
  listNotificationsInfiniteOptions,
  operation,
  readAllNotifications,
  readNotification,
} from '@/api';
import { askAgain } from '@/lib/live-state';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { setTitleCount } from '@/ui/page/title-count';

const ASK_AGAIN_MS = 20_000;

/** How many notifications were not read; the name of the tab tells it too. */
export function useUnread() {
  const { data } = useQuery({
    ...countNotificationsOptions(),
    refetchInterval: askAgain(ASK_AGAIN_MS),
    refetchIntervalInBackground: true,
  });
  const unread = data?.unread ?? 0;
  useEffect(() => setTitleCount(unread), [unread]);
  return { unread, isCapped: data?.is_capped ?? false };
}

/** The notifications, newest first. */
export function useInbox(isUnreadOnly: boolean) {
  const query = useInfiniteQuery({
    ...listNotificationsInfiniteOptions({ query: { unread: isUnreadOnly || undefined, per_page: 50 } }),
    initialPageParam: {},
    getNextPageParam: (page) => (page.next_cursor ? { query: { cursor: page.next_cursor } } : undefined),
    refetchInterval: askAgain(ASK_AGAIN_MS),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  return { ...query, rows };
}

/** Marks one notification as read, or all of them. */
export function useRead() {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: operation('listNotifications') }),
      client.invalidateQueries({ queryKey: operation('countNotifications') }),
    ]);
  const one = useMutation({
    mutationFn: (id: string) => readNotification({ path: { id } }),
    onSuccess: refresh,
    onError: notifyProblem,
  });
  const all = useMutation({ mutationFn: () => readAllNotifications(), onSuccess: refresh, onError: notifyProblem });
  return { readOne: one.mutate, readAll: all.mutate, isReadingAll: all.isPending };
}
