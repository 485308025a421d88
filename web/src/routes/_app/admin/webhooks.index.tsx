import { createFileRoute } from '@tanstack/react-router';
import { WebhooksPage } from '@/features/webhooks/components/WebhooksPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/admin/webhooks/')({
  loader: () => loadTexts('webhooks'),
  component: WebhooksPage,
});
