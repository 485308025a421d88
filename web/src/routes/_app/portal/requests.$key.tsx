import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { RequestPage } from '@/features/portal/components/RequestPage';

export const Route = createFileRoute('/_app/portal/requests/$key')({
  validateSearch: v.object({ sent: v.fallback(v.optional(v.literal(true)), undefined) }),
  component: Request,
});

function Request() {
  return <RequestPage number={Route.useParams().key} isSent={Route.useSearch().sent} />;
}
