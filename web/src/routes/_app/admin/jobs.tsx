import { createFileRoute } from '@tanstack/react-router';
import { JobsPage } from '@/features/operations/components/JobsPage';
import { jobSearchSchema } from '@/features/operations/schemas';

export const Route = createFileRoute('/_app/admin/jobs')({
  validateSearch: jobSearchSchema,
  component: () => <JobsPage search={Route.useSearch()} />,
});
