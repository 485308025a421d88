import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lookUpPeopleOptions, type PersonName, type Reference } from '@/api';

interface PersonLookupProps {
  label: string;
  description?: string;
  placeholder?: string;
  error?: string;
  required?: boolean;
  size?: 'sm' | 'md';
  value: Reference | null;
  onChange: (person: Reference | null) => void;
  /** Someone who cannot be chosen. */
  except?: string;
  'data-autofocus'?: boolean;
}

const FEWEST = 2;
const NOBODY: PersonName[] = [];

/** A colleague by name, for everyone who may report something: names and departments, nothing else. */
export function PersonLookup({ value, onChange, except, ...props }: PersonLookupProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(value?.name ?? '');
  const [sought] = useDebouncedValue(words.trim(), 200);
  const isSearch = sought.length >= FEWEST && sought !== value?.name;
  const answer = useQuery({
    ...lookUpPeopleOptions({ query: { q: sought } }),
    enabled: isSearch,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  const found = isSearch ? (answer.data?.data ?? NOBODY) : NOBODY;
  const label = ({ name, department }: PersonName) => (department ? `${name} · ${department}` : name);
  const choices = found
    .filter(({ id }) => id !== except && id !== value?.id)
    .map((person) => ({ value: person.id, label: label(person) }));
  const isShort = words.trim().length < FEWEST;
  return (
    <Select
      {...props}
      searchable
      clearable={!props.required}
      clearButtonProps={{ 'aria-label': t('filter.clear') }}
      nothingFoundMessage={
        isShort ? t('form.typeName') : answer.isFetching ? t('state.loading') : t('form.nothingFound')
      }
      data={value ? [{ value: value.id, label: value.name }, ...choices] : choices}
      value={value?.id ?? null}
      onChange={(id) => {
        const person = found.find((each) => each.id === id);
        if (id === null) onChange(null);
        else if (person) onChange({ id: person.id, name: person.name });
      }}
      searchValue={words}
      onSearchChange={setWords}
      filter={({ options }) => options}
    />
  );
}
