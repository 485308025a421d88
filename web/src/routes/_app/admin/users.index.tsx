import { createFileRoute } from '@tanstack/react-router';
import { UsersPage } from '@/features/people/components/UsersPage';
import { userSearchSchema } from '@/features/people/schemas';

export const Route = createFileRoute('/_app/admin/users/')({
  validateSearch: userSearchSchema,
  component: () => <UsersPage search={Route.useSearch()} />,
});
