import { createFileRoute } from '@tanstack/react-router';
import { InboundPage } from '@/features/mail/components/InboundPage';
import { inboundSearchSchema } from '@/features/mail/schemas';

export const Route = createFileRoute('/_app/admin/inbound-mails')({
  validateSearch: inboundSearchSchema,
  component: () => <InboundPage search={Route.useSearch()} />,
});
