import { createFileRoute, Outlet, redirect } from '@tanstack/react-router';
import { getMeOptions } from '@/api';
import { adoptPreferences } from '@/features/session/adopt-preferences';
import { asApiError } from '@/lib/api-error';

// Everything inside needs a session; who has none comes back here after signing in.
export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    try {
      await adoptPreferences(await context.queryClient.ensureQueryData(getMeOptions()));
    } catch (error) {
      const { status, code } = asApiError(error);
      if (status !== 401) throw error;
      const next = location.href === '/' ? undefined : location.href;
      throw redirect({ to: code === 'MFA_REQUIRED' ? '/second-factor' : '/sign-in', search: { next } });
    }
  },
  component: Outlet,
});
