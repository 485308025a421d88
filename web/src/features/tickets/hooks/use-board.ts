import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { groupTicketsOptions, operation, serverNow } from '@/api';
import { useTeamChoices } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { askAgain } from '@/lib/live-state';
import { columnsOf, placesBeside } from '../board';
import { boardTags, isOfBoard } from '../board-cache';
import { filtersOf, type GroupField, type QueueSearch } from '../schemas';
import { LIVE_MOST, useLiveRows } from './use-live-rows';

const ASK_AGAIN_MS = 15_000;
const NO_ROWS: [] = [];

/** What the columns of a board are; statuses unless said. */
export function boardField({ group }: Pick<QueueSearch, 'group'>): GroupField {
  return group ?? 'status';
}

function countsOptions(search: QueueSearch, field: GroupField) {
  const {
    queryKey: [key],
    ...options
  } = groupTicketsOptions({ path: { field }, query: filtersOf(search) });
  const queryKey: [typeof key] = [{ ...key, tags: boardTags(field) }];
  return { ...options, queryKey };
}

/** Changes since the board was drawn; when they are too many to be told one by one, the columns are asked for again. */
function useChanges(search: QueueSearch) {
  const client = useQueryClient();
  const [since, setSince] = useState(() => new Date(serverNow()).toISOString());
  const live = useLiveRows({ search, rows: NO_ROWS, since, isComplete: true, isOn: true });
  const isTooMuch = live.patches.length >= LIVE_MOST;
  useEffect(() => {
    if (!isTooMuch) return;
    setSince(new Date(serverNow()).toISOString());
    void client.invalidateQueries({
      queryKey: operation('listTickets'),
      predicate: ({ queryKey }) => isOfBoard(queryKey),
    });
  }, [isTooMuch, client]);
  return { changed: live.patches, matching: live.found };
}

/** The columns of a board with how much is in each, and what changed in them meanwhile. */
export function useBoard(search: QueueSearch) {
  const field = boardField(search);
  const me = useMe();
  const teams = useTeamChoices(field === 'team');
  const options = countsOptions(search, field);
  const counts = useQuery({
    ...options,
    // Other filters leave the columns where they are; other columns begin anew.
    placeholderData: (before, query) => (query?.queryKey[0].path.field === field ? before : undefined),
    refetchInterval: askAgain(ASK_AGAIN_MS),
  });
  const { data } = counts;
  const columns = useMemo(() => {
    if (!data) return [];
    const places = field === 'team' ? teams.map(({ value, label }) => ({ value, name: label })) : [];
    const own = field === 'assignee' ? { value: me.id, name: me.name } : undefined;
    return columnsOf(field, search, { groups: data.data, teams: places, me: own });
  }, [data, teams, field, search, me.id, me.name]);
  const beside = useMemo(() => placesBeside(field, columns), [field, columns]);
  return {
    field,
    columns,
    /** Places that the filters leave out of the board. */
    beside,
    total: columns.reduce((sum, { count }) => sum + count, 0),
    isCapped: data?.is_capped ?? false,
    counts,
    ...useChanges(search),
  };
}
