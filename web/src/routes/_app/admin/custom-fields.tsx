import { createFileRoute } from '@tanstack/react-router';
import { CustomFieldsPage } from '@/features/settings/components/CustomFieldsPage';
import { kindSearchSchema } from '@/features/settings/schemas';

export const Route = createFileRoute('/_app/admin/custom-fields')({
  validateSearch: kindSearchSchema,
  component: () => <CustomFieldsPage search={Route.useSearch()} />,
});
