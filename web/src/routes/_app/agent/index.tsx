import { createFileRoute } from '@tanstack/react-router';
import { MyWorkPage } from '@/features/tickets/components/MyWorkPage';

export const Route = createFileRoute('/_app/agent/')({ component: MyWorkPage });
