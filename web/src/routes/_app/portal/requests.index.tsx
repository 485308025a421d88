import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { RequestsPage } from '@/features/portal/components/RequestsPage';
import { REQUEST_FILTERS } from '@/features/portal/model';

export const Route = createFileRoute('/_app/portal/requests/')({
  validateSearch: v.object({
    show: v.fallback(v.optional(v.picklist(REQUEST_FILTERS)), undefined),
    page: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
  }),
  component: Requests,
});

function Requests() {
  const { show = 'open', page = 1 } = Route.useSearch();
  return <RequestsPage filter={show} page={page} />;
}
