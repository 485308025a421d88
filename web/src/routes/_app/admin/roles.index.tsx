import { createFileRoute } from '@tanstack/react-router';
import { RolesPage } from '@/features/roles/components/RolesPage';
import { listSearchSchema } from '@/ui/list/list-search';

export const Route = createFileRoute('/_app/admin/roles/')({
  validateSearch: listSearchSchema,
  component: () => <RolesPage search={Route.useSearch()} />,
});
