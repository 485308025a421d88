import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { EnrolSecondFactor } from '@/features/profile/components/EnrolSecondFactor';
import { SecondFactorPage } from '@/features/session/components/SecondFactorPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/second-factor')({
  validateSearch: v.object({ next: v.fallback(v.optional(v.string()), undefined) }),
  loader: () => loadTexts('session', 'profile'),
  component: () => <SecondFactorPage next={Route.useSearch().next} enrol={EnrolSecondFactor} />,
});
