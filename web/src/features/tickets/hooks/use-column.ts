import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { listTicketsInfiniteOptions, type TicketRowView } from '@/api';
import { cardsOf } from '../board';
import { boardTags } from '../board-cache';
import { isLongList } from '../cache';
import { groupFilter } from '../groups';
import { type GroupField, type QueueSearch, queueQuery } from '../schemas';

const PER_PAGE = 30;

interface Answer {
  pagination: { next_cursor?: string | null };
}

function columnOptions(search: QueueSearch, field: GroupField, value: string | null) {
  const {
    queryKey: [key],
    ...options
  } = listTicketsInfiniteOptions({
    query: { ...queueQuery(search), ...groupFilter(field, { value }), per_page: PER_PAGE },
  });
  const queryKey: [typeof key] = [{ ...key, tags: boardTags(field, value) }];
  return {
    ...options,
    queryKey,
    initialPageParam: { query: {} },
    getNextPageParam: ({ pagination: { next_cursor: cursor } }: Answer) => (cursor ? { query: { cursor } } : undefined),
  };
}

interface UseColumn {
  search: QueueSearch;
  field: GroupField;
  value: string | null;
  changed: readonly TicketRowView[];
  matching: readonly TicketRowView[];
}

/** The cards of a column, page after page as they are scrolled to; changes by others come in place. */
export function useColumn({ search, field, value, changed, matching }: UseColumn) {
  const query = useInfiniteQuery({
    ...columnOptions(search, field, value),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: (known) => !isLongList(known.state.data),
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const loaded = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const cards = useMemo(
    () => cardsOf(field, value, loaded, changed, matching),
    [field, value, loaded, changed, matching],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return { ...query, cards, loadMore };
}
