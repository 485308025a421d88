import { createFileRoute } from '@tanstack/react-router';
import { FirstSteps } from '@/features/setup/components/FirstSteps';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/agent/first-steps')({
  loader: () => loadTexts('setup', 'people'),
  component: FirstSteps,
});
