import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listTeamsOptions } from '@/api';

/** Choices for a select: the teams of the organization. */
export function useTeamChoices(isWanted = true) {
  const { data } = useQuery({ ...listTeamsOptions(), enabled: isWanted, staleTime: 60_000 });
  return useMemo(() => (data?.data ?? []).map((team) => ({ value: team.id, label: team.name })), [data]);
}
