import { createFileRoute } from '@tanstack/react-router';
import { CalendarsPage } from '@/features/sla/components/CalendarsPage';

export const Route = createFileRoute('/_app/admin/calendars/')({ component: CalendarsPage });
