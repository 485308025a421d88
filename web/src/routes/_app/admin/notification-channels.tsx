import { createFileRoute } from '@tanstack/react-router';
import { ChannelsPage } from '@/features/notifications/components/ChannelsPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/admin/notification-channels')({
  loader: () => loadTexts('notifications'),
  component: ChannelsPage,
});
