import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getMeQueryKey, onSessionChangedElsewhere } from '@/api';
import { outbox } from '@/lib/outbox';

/** Notices when another tab signs in or out. */
export function useOtherTabs(): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      onSessionChangedElsewhere(() => {
        outbox.clear();
        void queryClient.invalidateQueries({ queryKey: getMeQueryKey() });
      }),
    [queryClient],
  );
}
