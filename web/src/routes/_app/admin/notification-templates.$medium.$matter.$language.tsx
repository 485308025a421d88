import { createFileRoute } from '@tanstack/react-router';
import { TemplatePage } from '@/features/notifications/components/TemplatePage';
import { templatePageSchema } from '@/features/notifications/schemas';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/admin/notification-templates/$medium/$matter/$language')({
  validateSearch: templatePageSchema,
  loader: () => loadTexts('notifications'),
  component: Template,
});

function Template() {
  return <TemplatePage {...Route.useParams()} on={Route.useSearch().on} />;
}
