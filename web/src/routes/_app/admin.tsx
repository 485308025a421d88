import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';
import { AdminNav } from '@/features/admin/components/AdminNav';
import { ConsoleShell } from '@/features/shell/components/ConsoleShell';

export const Route = createFileRoute('/_app/admin')({
  beforeLoad: () => i18next.loadNamespaces(['admin', 'roles']),
  component: () => <ConsoleShell nav={<AdminNav />} />,
});
