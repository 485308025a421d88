import { createFileRoute } from '@tanstack/react-router';
import { WebhookPage } from '@/features/webhooks/components/WebhookPage';
import { webhookSearchSchema } from '@/features/webhooks/schemas';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/admin/webhooks/$id')({
  validateSearch: webhookSearchSchema,
  loader: () => loadTexts('webhooks'),
  component: () => <WebhookPage key={Route.useParams().id} id={Route.useParams().id} search={Route.useSearch()} />,
});
