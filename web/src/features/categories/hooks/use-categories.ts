import { useQuery } from '@tanstack/react-query';
import { listCategories } from '@/api';
import { allPages } from '@/ui/list/all-pages';

/** Cached under the name of the operation, so that changes reach it. */
const KEY = [{ _id: 'listCategories' as const, all: true }];

/** The whole tree: each category before those below it. */
export function useCategories() {
  return useQuery({
    queryKey: KEY,
    queryFn: () => allPages(async (page) => (await listCategories({ query: { page, per_page: 100 } })).data),
  });
}
