import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listCategoriesOptions } from '@/api';

/** Every active category of the organization, as far as one page reaches. */
export function useCategories(isWanted = true) {
  const query = useQuery({
    ...listCategoriesOptions({ query: { per_page: 100, is_active: true } }),
    enabled: isWanted,
    staleTime: 60_000,
  });
  return query.data?.data;
}

/** Choices for a select: the categories at the top, by name. */
export function useCategoryChoices(isWanted = true) {
  const categories = useCategories(isWanted);
  return useMemo(
    () =>
      (categories ?? [])
        .filter((category) => !category.parent_id)
        .map((category) => ({ value: category.name, label: category.name })),
    [categories],
  );
}

/** Choices for a select: what stands below a category of this name. */
export function useSubcategoryChoices(category: string | null | undefined, isWanted = true) {
  const categories = useCategories(isWanted);
  return useMemo(() => {
    const above = categories?.find((each) => !each.parent_id && each.name === category);
    return (categories ?? [])
      .filter((each) => above && each.parent_id === above.id)
      .map((each) => ({ value: each.name, label: each.name }));
  }, [categories, category]);
}
