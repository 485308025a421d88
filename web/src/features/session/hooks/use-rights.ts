import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { listUserPermissionsOptions } from '@/api';
import { useMe } from './use-me';

/** Stands for those who look after the whole deployment; no role gives it. */
const OPERATOR = 'operator';

/** What the signed-in person may do, as the server says. */
export function useRights(isWanted = true) {
  const me = useMe();
  const { data } = useQuery({
    ...listUserPermissionsOptions({ path: { id: me.id } }),
    enabled: isWanted,
    staleTime: 60_000,
  });
  const names = useMemo(() => (data ? new Set(data.data.map((right) => right.name)) : null), [data]);
  const isOperator = me.is_operator;
  const may = useCallback(
    (name: string) => (name === OPERATOR ? isOperator : (names?.has(name) ?? false)),
    [names, isOperator],
  );
  return { may, isKnown: names !== null };
}
