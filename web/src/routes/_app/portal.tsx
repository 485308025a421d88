import { createFileRoute } from '@tanstack/react-router';
import { PortalShell } from '@/features/shell/components/PortalShell';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/portal')({
  loader: () => loadTexts('portal', 'tickets'),
  component: PortalShell,
});
