import { toApiError } from '@/lib/api-error';
import { ErrorState } from './ErrorState';

const NOT_FOUND = toApiError(null, 404);

/** An address that leads nowhere. */
export function NotFoundState() {
  return <ErrorState error={NOT_FOUND} isPage />;
}
