import { createFileRoute } from '@tanstack/react-router';
import { TicketPage } from '@/features/tickets/components/TicketPage';

export const Route = createFileRoute('/_app/agent/incidents/$key')({
  component: () => <TicketPage number={Route.useParams().key} />,
});
