import { createFileRoute } from '@tanstack/react-router';
import { DeskSettingsPage } from '@/features/settings/components/DeskSettingsPage';

export const Route = createFileRoute('/_app/admin/desk')({ component: DeskSettingsPage });
