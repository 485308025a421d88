import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type ListTicketsResponse, listTicketsInfiniteOptions, serverNow, type TicketGroup } from '@/api';
import { isLongList, keepFirstPage } from '../cache';
import { groupFilter, type Headings, headingsOf, indexOfGroup } from '../groups';
import { withPatches } from '../live';
import { type GroupField, type QueueSearch, queueQuery } from '../schemas';
import { useGroups } from './use-groups';
import { useLiveRows } from './use-live-rows';

const PER_PAGE = 50;
const NEXT_PER_PAGE = 100;
const NO_HEADINGS: Headings = new Map();

type Pages = Pick<InfiniteData<ListTicketsResponse>, 'pages' | 'pageParams'>;

interface Answer {
  pagination: { next_cursor?: string | null };
}

/** Options of the list behind the queue. Groups are walked one after the other, each page by page. */
function queueOptions(search: QueueSearch, groups: readonly TicketGroup[] | null) {
  const {
    queryKey: [key],
    ...options
  } = listTicketsInfiniteOptions({ query: { ...queueQuery(search), per_page: PER_PAGE } });
  const { group: field } = search;
  const ofGroup = (index: number) => {
    const group = groups?.[index];
    return field && group ? groupFilter(field, group) : {};
  };
  const queryKey: [typeof key] = field
    ? [{ ...key, tags: [field, ...(groups ?? []).map(({ value }) => value ?? '')] }]
    : [key];
  return {
    ...options,
    queryKey,
    enabled: !field || groups !== null,
    initialPageParam: { query: ofGroup(0) },
    getNextPageParam: ({ pagination }: Answer, _pages: unknown, param: unknown) => {
      const at = field && groups ? indexOfGroup(field, groups, param) : 0;
      const cursor = pagination.next_cursor;
      if (cursor) return { query: { ...ofGroup(at), cursor, per_page: NEXT_PER_PAGE } };
      return groups && at + 1 < groups.length ? { query: ofGroup(at + 1) } : undefined;
    },
  };
}

function useHeadings(field: GroupField | undefined, groups: readonly TicketGroup[] | null, data: Pages | undefined) {
  return useMemo(() => {
    if (!field || !groups || !data) return NO_HEADINGS;
    const pages = data.pages.flatMap((page, at) => {
      const group = groups[indexOfGroup(field, groups, data.pageParams[at])];
      return group ? [{ group, rows: page.data }] : [];
    });
    return headingsOf(pages);
  }, [field, groups, data]);
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
export function useQueue(search: QueueSearch, isOn: boolean) {
  const client = useQueryClient();
  const { groups, isCapped } = useGroups(search, isOn);
  const options = queueOptions(search, groups);
  const query = useInfiniteQuery({
    ...options,
    enabled: isOn && options.enabled,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: (known) => !isLongList(known.state.data),
  });
  const { data, fetchNextPage, hasNextPage, isFetching, isFetchingNextPage, refetch } = query;
  const loaded = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const askedAt = useAskedAt(isFetching && !isFetchingNextPage);
  const live = useLiveRows({
    search,
    rows: loaded,
    since: askedAt,
    isComplete: !hasNextPage,
    isOn: isOn && query.isSuccess,
  });
  const rows = useMemo(() => withPatches(loaded, live.patches), [loaded, live.patches]);
  // Not while the list itself is asked for again: the next page would call that off.
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetching]);
  const { queryKey } = options;
  const showNew = useCallback(async () => {
    client.setQueryData(queryKey, keepFirstPage);
    await refetch();
  }, [client, queryKey, refetch]);
  // A group may have become empty meanwhile: the next one is asked for, or nothing would scroll.
  const isLastEmpty = data?.pages.at(-1)?.data.length === 0;
  useEffect(() => {
    if (isLastEmpty) loadMore();
  }, [isLastEmpty, loadMore]);
  const headings = useHeadings(search.group, groups, data);
  const pagination = data?.pages[0]?.pagination;
  const counted = groups?.reduce((sum, { count }) => sum + count, 0);
  return {
    ...query,
    rows,
    loadMore,
    showNew,
    newCount: live.newCount,
    headings,
    total: counted ?? pagination?.total ?? 0,
    areGroupsCapped: isCapped,
    isTotalCapped: groups ? isCapped : (pagination?.is_total_capped ?? false),
  };
}
