import { useQuery } from '@tanstack/react-query';
import { listMajorIncidentsOptions } from '@/api';

const ASK_AGAIN_MS = 60_000;
const MOST = 10;

/** What disturbs the whole organization now. */
export function useOutages() {
  return useQuery({
    ...listMajorIncidentsOptions({ query: { state: 'active', per_page: MOST } }),
    refetchInterval: ASK_AGAIN_MS,
  });
}
