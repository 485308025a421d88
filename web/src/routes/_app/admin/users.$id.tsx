import { createFileRoute } from '@tanstack/react-router';
import { UserPage } from '@/features/people/components/UserPage';

export const Route = createFileRoute('/_app/admin/users/$id')({
  component: () => <UserPage key={Route.useParams().id} id={Route.useParams().id} />,
});
