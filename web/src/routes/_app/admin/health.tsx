import { createFileRoute } from '@tanstack/react-router';
import { HealthPage } from '@/features/operations/components/HealthPage';

export const Route = createFileRoute('/_app/admin/health')({ component: HealthPage });
