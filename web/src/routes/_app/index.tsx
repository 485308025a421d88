import { createFileRoute, redirect } from '@tanstack/react-router';
import { getMeOptions } from '@/api';
import { homeOf } from '@/features/session/model';

export const Route = createFileRoute('/_app/')({
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(getMeOptions());
    throw redirect({ to: homeOf(me.roles), replace: true });
  },
});
