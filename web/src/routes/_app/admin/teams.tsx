import { createFileRoute } from '@tanstack/react-router';
import { TeamsPage } from '@/features/people/components/TeamsPage';

export const Route = createFileRoute('/_app/admin/teams')({ component: TeamsPage });
