import { createFileRoute, useLocation } from '@tanstack/react-router';
import { SetPasswordPage } from '@/features/session/components/SetPasswordPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/set-password')({
  loader: () => loadTexts('session'),
  component: SetPassword,
});

function SetPassword() {
  const { hash } = useLocation();
  return <SetPasswordPage hash={hash} />;
}
