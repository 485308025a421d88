import { createFileRoute } from '@tanstack/react-router';
import { TeamPage } from '@/features/people/components/TeamPage';

export const Route = createFileRoute('/_app/admin/teams/$id')({
  component: () => <TeamPage key={Route.useParams().id} id={Route.useParams().id} />,
});
