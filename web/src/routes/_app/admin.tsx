import { createFileRoute } from '@tanstack/react-router';
import { ConsoleShell } from '@/features/shell/components/ConsoleShell';

export const Route = createFileRoute('/_app/admin')({ component: ConsoleShell });
