import { createFileRoute } from '@tanstack/react-router';
import { MailboxesPage } from '@/features/mail/components/MailboxesPage';
import { mailboxSearchSchema } from '@/features/mail/schemas';

export const Route = createFileRoute('/_app/admin/mailboxes')({
  validateSearch: mailboxSearchSchema,
  component: () => <MailboxesPage search={Route.useSearch()} />,
});
