import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { ErrorState } from './ErrorState';

/** A page whose loader or drawing failed. */
export function RouteErrorState({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorState error={error} onRetry={retry} isPage />;
}
