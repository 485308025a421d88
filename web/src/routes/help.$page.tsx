import { createFileRoute } from '@tanstack/react-router';
import { HelpPage } from '@/features/help/components/HelpPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/help/$page')({
  loader: () => loadTexts('help', 'session'),
  component: () => <HelpPage page={Route.useParams().page} />,
});
