import { createFileRoute } from '@tanstack/react-router';
import { RequestPage } from '@/features/portal/components/RequestPage';

export const Route = createFileRoute('/_app/portal/requests/$key')({
  component: () => <RequestPage number={Route.useParams().key} />,
});
