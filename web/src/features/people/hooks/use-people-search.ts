import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { listUsersOptions, type Reference } from '@/api';
import { useFirstPerson } from './use-first-person';

/** Choices for a select that searches all active people on the server; the chosen one is always among them. */
export function usePeopleSearch(chosen: Reference | null) {
  const [text, setText] = useState('');
  /** Chosen when the search had ended, after the field was left. */
  const [late, setLate] = useState<Reference | null>(null);
  const firstOf = useFirstPerson();
  const sought = text === chosen?.name || text === late?.name ? '' : text.trim();
  const [search] = useDebouncedValue(sought, 150);
  const { data, isPlaceholderData } = useQuery({
    ...listUsersOptions({ query: { search: search || undefined, is_active: true, per_page: 50 } }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  const choices = useMemo(() => {
    const found = (data?.data ?? []).map((user) => ({ value: user.id, label: user.name }));
    const known = [chosen, late].filter((person) => person !== null);
    const own = [...new Map(known.map(({ id, name }) => [id, { value: id, label: name }])).values()].filter(
      (choice) => !found.some(({ value }) => value === choice.value),
    );
    // The first one is what Enter takes: after a search it has to be one that was searched for.
    return search ? [...found, ...own] : [...own, ...found];
  }, [data, chosen, late, search]);
  /** Who is found first by the words that stand in the field now. */
  const findFirst = async () => {
    const person = await firstOf(sought);
    setLate(person);
    return person;
  };
  return { choices, onSearch: setText, findFirst, isSearching: sought !== search || isPlaceholderData };
}
