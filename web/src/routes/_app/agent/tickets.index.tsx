import { createFileRoute } from '@tanstack/react-router';
import { QueuePage } from '@/features/tickets/components/queue/QueuePage';
import { queueSearchSchema } from '@/features/tickets/schemas';

export const Route = createFileRoute('/_app/agent/tickets/')({
  validateSearch: queueSearchSchema,
  component: () => <QueuePage search={Route.useSearch()} />,
});
