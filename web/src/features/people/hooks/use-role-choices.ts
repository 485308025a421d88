import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listRolesOptions } from '@/api';
import { useRoleName } from './use-role-name';

/** Choices for a select: the roles of the organization, those made here too. */
export function useRoleChoices() {
  const roleName = useRoleName();
  const { data } = useQuery({ ...listRolesOptions(), staleTime: 60_000 });
  return useMemo(
    () => (data?.data ?? []).map((role) => ({ value: role.name, label: roleName(role.name) })),
    [data, roleName],
  );
}
