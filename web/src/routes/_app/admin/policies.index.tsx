import { createFileRoute } from '@tanstack/react-router';
import { PoliciesPage } from '@/features/sla/components/PoliciesPage';

export const Route = createFileRoute('/_app/admin/policies/')({ component: PoliciesPage });
