import { createFileRoute } from '@tanstack/react-router';
import { SigningPage } from '@/features/mail/components/SigningPage';

export const Route = createFileRoute('/_app/admin/signing')({ component: SigningPage });
