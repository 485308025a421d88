import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { groupTicketsOptions, type TicketGroup } from '@/api';
import { sortGroups } from '../groups';
import { filtersOf, type QueueSearch } from '../schemas';

/** The groups of a list in their order, nothing while they are asked for; and whether there may be more in them. */
export function useGroups(
  search: QueueSearch,
  isOn: boolean,
): { groups: readonly TicketGroup[] | null; isCapped: boolean } {
  const { group } = search;
  const { data } = useQuery({
    ...groupTicketsOptions({ path: { field: group ?? 'status' }, query: filtersOf(search) }),
    enabled: isOn && group !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
  const groups = useMemo(() => (data && group ? sortGroups(group, data.data) : null), [data, group]);
  return { groups, isCapped: data?.is_capped ?? false };
}
