import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listTeamsOptions, listUsersOptions } from '@/api';

/** Choices for a select: the active people of the organization. */
export function usePeopleChoices(isWanted = true) {
  const { data } = useQuery({
    ...listUsersOptions({ query: { per_page: 100 } }),
    enabled: isWanted,
    staleTime: 60_000,
  });
  return useMemo(
    () => (data?.data ?? []).filter((user) => user.is_active).map((user) => ({ value: user.id, label: user.name })),
    [data],
  );
}

/** Choices for a select: the teams of the organization. */
export function useTeamChoices(isWanted = true) {
  const { data } = useQuery({ ...listTeamsOptions(), enabled: isWanted, staleTime: 60_000 });
  return useMemo(() => (data?.data ?? []).map((team) => ({ value: team.id, label: team.name })), [data]);
}
