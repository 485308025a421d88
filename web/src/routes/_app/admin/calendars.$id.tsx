import { createFileRoute } from '@tanstack/react-router';
import { CalendarPage } from '@/features/sla/components/CalendarPage';

export const Route = createFileRoute('/_app/admin/calendars/$id')({
  component: () => <CalendarPage key={Route.useParams().id} id={Route.useParams().id} />,
});
