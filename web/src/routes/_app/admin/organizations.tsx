import { createFileRoute } from '@tanstack/react-router';
import { OrganizationsPage } from '@/features/operations/components/OrganizationsPage';
import { organizationSearchSchema } from '@/features/operations/schemas';

export const Route = createFileRoute('/_app/admin/organizations')({
  validateSearch: organizationSearchSchema,
  component: () => <OrganizationsPage search={Route.useSearch()} />,
});
