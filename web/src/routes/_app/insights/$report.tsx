import { createFileRoute } from '@tanstack/react-router';
import { ReportPage } from '@/features/insights/components/ReportPage';
import { reportSearchSchema } from '@/features/insights/schemas';

/** `/insights/sla` is the short name of the report on resolutions in time. */
const nameOf = (report: string) => (report === 'sla' ? 'sla-resolution' : report);

export const Route = createFileRoute('/_app/insights/$report')({
  validateSearch: reportSearchSchema,
  component: () => <ReportPage name={nameOf(Route.useParams().report)} search={Route.useSearch()} />,
});
