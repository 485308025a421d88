import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { ReportPage } from '@/features/portal/components/ReportPage';

export const Route = createFileRoute('/_app/portal/report')({
  validateSearch: v.object({ title: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(500))), undefined) }),
  component: () => <ReportPage title={Route.useSearch().title} />,
});
