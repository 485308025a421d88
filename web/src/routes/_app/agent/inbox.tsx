import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { InboxPage } from '@/features/inbox/components/InboxPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/agent/inbox')({
  validateSearch: v.object({ show: v.fallback(v.optional(v.picklist(['unread', 'all'])), undefined) }),
  loader: () => loadTexts('inbox'),
  component: Inbox,
});

function Inbox() {
  return <InboxPage show={Route.useSearch().show ?? 'unread'} />;
}
