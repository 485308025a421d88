import { createFileRoute } from '@tanstack/react-router';
import { ConsoleShell } from '@/features/shell/components/ConsoleShell';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/insights')({
  loader: () => loadTexts('insights'),
  component: () => <ConsoleShell />,
});
