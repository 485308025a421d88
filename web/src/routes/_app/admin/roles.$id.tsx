import { createFileRoute } from '@tanstack/react-router';
import { RolePage } from '@/features/roles/components/RolePage';

export const Route = createFileRoute('/_app/admin/roles/$id')({
  component: () => <RolePage key={Route.useParams().id} id={Route.useParams().id} />,
});
