import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { listUsersOptions, type Reference } from '@/api';

/** Choices for a select that searches all active people on the server; the chosen one is always among them. */
export function usePeopleSearch(chosen: Reference | null) {
  const [text, setText] = useState('');
  const sought = text === chosen?.name ? '' : text.trim();
  const [search] = useDebouncedValue(sought, 150);
  const { data, isPlaceholderData } = useQuery({
    ...listUsersOptions({ query: { search: search || undefined, is_active: true, per_page: 20 } }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  const choices = useMemo(() => {
    const found = (data?.data ?? []).map((user) => ({ value: user.id, label: user.name }));
    const isMissing = chosen && !found.some((choice) => choice.value === chosen.id);
    if (!isMissing) return found;
    const own = { value: chosen.id, label: chosen.name };
    // The first one is what Enter takes: after a search it has to be one that was searched for.
    return search ? [...found, own] : [own, ...found];
  }, [data, chosen, search]);
  return { choices, onSearch: setText, isSearching: sought !== search || isPlaceholderData };
}
