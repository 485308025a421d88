import { createFileRoute } from '@tanstack/react-router';
import { DepartmentsPage } from '@/features/people/components/DepartmentsPage';
import { listSearchSchema } from '@/ui/list/list-search';

export const Route = createFileRoute('/_app/admin/departments')({
  validateSearch: listSearchSchema,
  component: () => <DepartmentsPage search={Route.useSearch()} />,
});
