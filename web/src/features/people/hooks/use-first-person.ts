import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { listUsersOptions, type Reference } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';

/** Whom a search finds first: for a choice that was made before the choices were there. */
export function useFirstPerson() {
  const client = useQueryClient();
  return useCallback(
    async (words: string, except?: string): Promise<Reference | null> => {
      try {
        const found = await client.fetchQuery({
          ...listUsersOptions({ query: { search: words || undefined, is_active: true, per_page: 50 } }),
          staleTime: 60_000,
        });
        const first = found.data.find(({ id }) => id !== except);
        return first ? { id: first.id, name: first.name } : null;
      } catch (error) {
        notifyProblem(error);
        return null;
      }
    },
    [client],
  );
}
