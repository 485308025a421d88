import { createFileRoute } from '@tanstack/react-router';
import { StatusPage } from '@/features/portal/components/StatusPage';

export const Route = createFileRoute('/_app/portal/status')({ component: StatusPage });
