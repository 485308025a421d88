import { createFileRoute } from '@tanstack/react-router';
import { ReportPage } from '@/features/portal/components/ReportPage';

export const Route = createFileRoute('/_app/portal/report')({ component: ReportPage });
