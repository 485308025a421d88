import { createFileRoute } from '@tanstack/react-router';
import { ForgotPasswordPage } from '@/features/session/components/ForgotPasswordPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/forgot-password')({
  loader: () => loadTexts('session'),
  component: ForgotPasswordPage,
});
