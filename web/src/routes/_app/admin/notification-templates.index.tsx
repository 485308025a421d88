import { createFileRoute } from '@tanstack/react-router';
import { TemplatesPage } from '@/features/notifications/components/TemplatesPage';
import { templateSearchSchema } from '@/features/notifications/schemas';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/admin/notification-templates/')({
  validateSearch: templateSearchSchema,
  loader: () => loadTexts('notifications'),
  component: () => <TemplatesPage search={Route.useSearch()} />,
});
