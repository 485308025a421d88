import { createFileRoute, useLocation } from '@tanstack/react-router';
import { SetupPage } from '@/features/setup/components/SetupPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/setup')({
  loader: () => loadTexts('setup', 'session'),
  component: Setup,
});

function Setup() {
  const { hash } = useLocation();
  return <SetupPage hash={hash} />;
}
