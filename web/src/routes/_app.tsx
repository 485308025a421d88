import { createFileRoute, Outlet, redirect } from '@tanstack/react-router';
import { getMeOptions } from '@/api';
import { useLiveUpdates } from '@/features/live/public';
import { adoptPreferences } from '@/features/session/adopt-preferences';
import { asApiError } from '@/lib/api-error';

// Everything inside needs a session; who has none comes back here after signing in.
export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    try {
      await adoptPreferences(await context.queryClient.ensureQueryData(getMeOptions()));
    } catch (error) {
      if (asApiError(error).status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } });
    }
  },
  component: SignedIn,
});

function SignedIn() {
  useLiveUpdates();
  return <Outlet />;
}
