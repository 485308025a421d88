import { createFileRoute } from '@tanstack/react-router';
import { PortalShell } from '@/features/shell/components/PortalShell';

export const Route = createFileRoute('/_app/portal')({ component: PortalShell });
