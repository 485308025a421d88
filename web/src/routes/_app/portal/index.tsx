import { createFileRoute } from '@tanstack/react-router';
import { PortalHome } from '@/features/portal/components/PortalHome';

export const Route = createFileRoute('/_app/portal/')({ component: PortalHome });
