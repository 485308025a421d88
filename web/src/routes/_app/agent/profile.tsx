import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { ProfilePage } from '@/features/profile/components/ProfilePage';
import { SECTIONS } from '@/features/profile/model';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/agent/profile')({
  validateSearch: v.object({ section: v.fallback(v.optional(v.picklist(SECTIONS)), undefined) }),
  loader: () => loadTexts('profile', 'notifications'),
  component: Profile,
});

function Profile() {
  return <ProfilePage to="/agent/profile" section={Route.useSearch().section ?? 'you'} />;
}
