import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { SignInPage } from '@/features/session/components/SignInPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/sign-in')({
  validateSearch: v.object({
    next: v.fallback(v.optional(v.string()), undefined),
    password: v.fallback(v.optional(v.literal('set')), undefined),
  }),
  loader: () => loadTexts('session'),
  component: SignIn,
});

function SignIn() {
  const { next, password } = Route.useSearch();
  return <SignInPage next={next} hasNewPassword={password === 'set'} />;
}
