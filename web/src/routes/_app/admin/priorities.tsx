import { createFileRoute } from '@tanstack/react-router';
import { PrioritiesPage } from '@/features/categories/components/PrioritiesPage';

export const Route = createFileRoute('/_app/admin/priorities')({ component: PrioritiesPage });
