import { createFileRoute } from '@tanstack/react-router';
import { NewTicketPage } from '@/features/tickets/components/NewTicketPage';

export const Route = createFileRoute('/_app/agent/tickets/new')({ component: NewTicketPage });
