import { createFileRoute } from '@tanstack/react-router';
import { TicketPage } from '@/features/tickets/components/TicketPage';
import { ticketSearchSchema } from '@/features/tickets/schemas';

export const Route = createFileRoute('/_app/agent/incidents/$key')({
  validateSearch: ticketSearchSchema,
  component: () => <TicketPage number={Route.useParams().key} />,
});
