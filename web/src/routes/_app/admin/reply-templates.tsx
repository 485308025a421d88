import { createFileRoute } from '@tanstack/react-router';
import { ReplyTemplatesPage } from '@/features/settings/components/ReplyTemplatesPage';
import { kindSearchSchema } from '@/features/settings/schemas';

export const Route = createFileRoute('/_app/admin/reply-templates')({
  validateSearch: kindSearchSchema,
  component: () => <ReplyTemplatesPage search={Route.useSearch()} />,
});
