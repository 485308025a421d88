import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import {
  getPreferences,
  getPreferencesOptions,
  getPreferencesQueryKey,
  type PreferencesInput,
  type PreferencesView,
  putPreferences,
} from '@/api';
import { asApiError } from '@/lib/api-error';

type Change = (before: PreferencesView) => Partial<PreferencesInput>;

async function save(change: Change): Promise<PreferencesView> {
  const now = (await getPreferences()).data;
  const { version, updated_at: _, ...chosen } = now;
  const body = { ...chosen, ...change(now) };
  return (await putPreferences({ body, headers: { 'If-Match': `"${version}"` } })).data;
}

/** One after the other, so that quick changes do not meet. */
let line: Promise<unknown> = Promise.resolve();

/** What a person chose, on every device: shown at once, kept on the server. */
export function usePreferences() {
  const client = useQueryClient();
  const { data } = useQuery({ ...getPreferencesOptions(), staleTime: Number.POSITIVE_INFINITY, retry: false });
  const change = useCallback(
    (part: Change): Promise<void> => {
      const key = getPreferencesQueryKey();
      client.setQueryData<PreferencesView>(key, (before) =>
        before ? { ...before, ...part(before), version: Math.max(before.version, 1) } : before,
      );
      const next = line.then(async () => {
        try {
          // Another device may have been quicker: once more on top of it.
          const saved = await save(part).catch((error) =>
            asApiError(error).status === 412 ? save(part) : Promise.reject(error),
          );
          // What was chosen since is shown already, and not yet in this answer.
          if (line === next) client.setQueryData(key, saved);
        } catch {
          // It holds on this device, and can be chosen again on the next.
        }
      });
      line = next;
      return next;
    },
    [client],
  );
  return { preferences: data, change };
}
