import { createFileRoute } from '@tanstack/react-router';
import { TeamsPage } from '@/features/people/components/TeamsPage';
import { listSearchSchema } from '@/ui/list/list-search';

export const Route = createFileRoute('/_app/admin/teams/')({
  validateSearch: listSearchSchema,
  component: () => <TeamsPage search={Route.useSearch()} />,
});
