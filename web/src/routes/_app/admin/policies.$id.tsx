import { createFileRoute } from '@tanstack/react-router';
import { PolicyPage } from '@/features/sla/components/PolicyPage';

export const Route = createFileRoute('/_app/admin/policies/$id')({
  component: () => <PolicyPage key={Route.useParams().id} id={Route.useParams().id} />,
});
