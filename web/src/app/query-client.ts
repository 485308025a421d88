import { QueryClient } from '@tanstack/react-query';
import { operation } from '@/api';
import { asApiError } from '@/lib/api-error';
import { neverOlder } from '@/lib/never-older';

/** Client errors are answers, not accidents: only a lost connection or a failing server is asked again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  const { status } = asApiError(error);
  return failures < 2 && (status === 0 || status === 502 || status === 503 || status === 504);
}

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: shouldRetry, retryDelay: (n) => 400 * 2 ** n },
      // Without a connection a change fails at once and says so; it does not wait unseen.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  client.setQueryDefaults(operation('getTicket'), { structuralSharing: neverOlder });
  return client;
}
