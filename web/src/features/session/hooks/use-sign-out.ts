import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { announceSession, logout } from '@/api';
import { outbox } from '@/lib/outbox';

/** Ends the session here and in the other tabs. Drafts stay on the device. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(async () => {
    // Nothing of this person may be sent by the next one.
    outbox.clear();
    await logout().catch(() => undefined);
    announceSession();
    await router.navigate({ to: '/sign-in' });
    queryClient.clear();
  }, [queryClient, router]);
}
