import { createFileRoute } from '@tanstack/react-router';
import { SitesPage } from '@/features/people/components/SitesPage';
import { listSearchSchema } from '@/ui/list/list-search';

export const Route = createFileRoute('/_app/admin/sites')({
  validateSearch: listSearchSchema,
  component: () => <SitesPage search={Route.useSearch()} />,
});
