import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { SignInPage } from '@/features/session/components/SignInPage';

export const Route = createFileRoute('/sign-in')({
  validateSearch: v.object({ next: v.fallback(v.optional(v.string()), undefined) }),
  component: () => <SignInPage next={Route.useSearch().next} />,
});
