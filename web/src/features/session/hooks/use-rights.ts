import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { listUserPermissionsOptions } from '@/api';
import { useMe } from './use-me';

/** What the signed-in person may do, as the server says. */
export function useRights(isWanted = true) {
  const me = useMe();
  const { data } = useQuery({
    ...listUserPermissionsOptions({ path: { id: me.id } }),
    enabled: isWanted,
    staleTime: 60_000,
  });
  const names = useMemo(() => (data ? new Set(data.data.map((right) => right.name)) : null), [data]);
  const may = useCallback((name: string) => names?.has(name) ?? false, [names]);
  return { may, isKnown: names !== null };
}
