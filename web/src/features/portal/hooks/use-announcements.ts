import { useQuery } from '@tanstack/react-query';
import { listAnnouncementsOptions } from '@/api';

const ASK_AGAIN_MS = 60_000;
const MOST = 5;

/** What the organization is told now. */
export function useAnnouncements() {
  return useQuery({
    ...listAnnouncementsOptions({ query: { active: true, per_page: MOST } }),
    refetchInterval: ASK_AGAIN_MS,
  });
}
