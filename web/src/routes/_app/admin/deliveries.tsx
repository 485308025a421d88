import { createFileRoute } from '@tanstack/react-router';
import { DeliveriesPage } from '@/features/notifications/components/DeliveriesPage';
import { deliverySearchSchema } from '@/features/notifications/schemas';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/admin/deliveries')({
  validateSearch: deliverySearchSchema,
  loader: () => loadTexts('notifications'),
  component: () => <DeliveriesPage search={Route.useSearch()} />,
});
