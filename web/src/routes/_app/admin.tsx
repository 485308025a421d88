import { createFileRoute } from '@tanstack/react-router';
import { AdminNav } from '@/features/admin/components/AdminNav';
import { ConsoleShell } from '@/features/shell/components/ConsoleShell';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/admin')({
  loader: () => loadTexts('people', 'admin', 'roles', 'settings', 'setup', 'sla'),
  component: () => <ConsoleShell nav={<AdminNav />} />,
});
