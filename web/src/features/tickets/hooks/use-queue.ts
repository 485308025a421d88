import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { listTicketsInfiniteOptions, serverNow } from '@/api';
import { isLongList, keepFirstPage } from '../cache';
import { withPatches } from '../live';
import { type QueueSearch, queueQuery } from '../schemas';
import { useLiveRows } from './use-live-rows';

const PER_PAGE = 50;
const NEXT_PER_PAGE = 100;

/** Options of the list behind the queue. */
function queueOptions(search: QueueSearch) {
  return {
    ...listTicketsInfiniteOptions({ query: { ...queueQuery(search), per_page: PER_PAGE } }),
    initialPageParam: {},
    getNextPageParam: (page: { pagination: { next_cursor?: string | null } }) =>
      page.pagination.next_cursor
        ? { query: { cursor: page.pagination.next_cursor, per_page: NEXT_PER_PAGE } }
        : undefined,
  };
}

/** When the list as it stands was asked for, by the server's clock. */
function useAskedAt(isAsking: boolean): string {
  const begun = useRef(serverNow());
  const [askedAt, setAskedAt] = useState(() => new Date(serverNow()).toISOString());
  useEffect(() => {
    if (isAsking) begun.current = serverNow();
    else setAskedAt(new Date(begun.current).toISOString());
  }, [isAsking]);
  return askedAt;
}

/** The tickets that match, page after page as they are scrolled to; changes by others come in place. */
export function useQueue(search: QueueSearch) {
  const client = useQueryClient();
  const options = queueOptions(search);
  const query = useInfiniteQuery({
    ...options,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: (known) => !isLongList(known.state.data),
  });
  const { data, fetchNextPage, hasNextPage, isFetching, isFetchingNextPage, refetch } = query;
  const loaded = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const askedAt = useAskedAt(isFetching && !isFetchingNextPage);
  const live = useLiveRows({ search, rows: loaded, since: askedAt, isComplete: !hasNextPage, isOn: query.isSuccess });
  const rows = useMemo(() => withPatches(loaded, live.patches), [loaded, live.patches]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const { queryKey } = options;
  const showNew = useCallback(async () => {
    client.setQueryData(queryKey, keepFirstPage);
    await refetch();
  }, [client, queryKey, refetch]);
  const pagination = data?.pages[0]?.pagination;
  return {
    ...query,
    rows,
    loadMore,
    showNew,
    newCount: live.newCount,
    total: pagination?.total ?? 0,
    isTotalCapped: pagination?.is_total_capped ?? false,
  };
}
