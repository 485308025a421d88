import { createFileRoute } from '@tanstack/react-router';
import { AnnouncementsPage } from '@/features/settings/components/AnnouncementsPage';
import { announcementSearchSchema } from '@/features/settings/schemas';

export const Route = createFileRoute('/_app/admin/announcements')({
  validateSearch: announcementSearchSchema,
  component: () => <AnnouncementsPage search={Route.useSearch()} />,
});
