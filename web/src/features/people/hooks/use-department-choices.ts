import { useQuery } from '@tanstack/react-query';
import { listDepartments } from '@/api';
import { allPages } from '@/ui/list/all-pages';

/** Choices for a select: every department of the organization. */
export function useDepartmentChoices(isWanted = true) {
  const { data } = useQuery({
    queryKey: [{ _id: 'listDepartments' as const, all: true }],
    queryFn: () => allPages(async (page) => (await listDepartments({ query: { page, per_page: 100 } })).data),
    enabled: isWanted,
    staleTime: 60_000,
  });
  return (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
