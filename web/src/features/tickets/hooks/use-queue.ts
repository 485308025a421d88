import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { listTicketsInfiniteOptions } from '@/api';
import { type QueueSearch, queueQuery } from '../schemas';

const PER_PAGE = 50;

/** Options of the list behind the queue, for loaders too. */
export function queueOptions(search: QueueSearch) {
  return {
    ...listTicketsInfiniteOptions({ query: { ...queueQuery(search), per_page: PER_PAGE } }),
    initialPageParam: {},
    getNextPageParam: (page: { pagination: { next_cursor?: string | null } }) =>
      page.pagination.next_cursor ? { query: { cursor: page.pagination.next_cursor } } : undefined,
  };
}

/** The tickets that match, page after page as they are scrolled to. */
export function useQueue(search: QueueSearch) {
  const query = useInfiniteQuery({ ...queueOptions(search), placeholderData: keepPreviousData });
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return { ...query, rows, loadMore, total: data?.pages[0]?.pagination.total ?? 0 };
}
