import { useQuery } from '@tanstack/react-query';
import { listSites } from '@/api';
import { allPages } from '@/ui/list/all-pages';

/** Choices for a select: every site of the organization. */
export function useSiteChoices(isWanted = true) {
  const { data } = useQuery({
    queryKey: [{ _id: 'listSites' as const, all: true }],
    queryFn: () => allPages(async (page) => (await listSites({ query: { page, per_page: 100 } })).data),
    enabled: isWanted,
    staleTime: 60_000,
  });
  return (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
