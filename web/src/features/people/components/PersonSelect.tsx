import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listUsersOptions, type Reference } from '@/api';
import { PatientEnter } from '@/ui/form/PatientEnter';
import { useFirstPerson } from '../hooks/use-first-person';

interface PersonSelectProps {
  label?: string;
  /** Its name where no label stands above it, as in a row of filters. */
  'aria-label'?: string;
  w?: number;
  description?: string;
  placeholder?: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  /** Who is chosen now, so that the name is known before anyone is searched. */
  current?: Reference | null;
  /** Someone who cannot be chosen. */
  except?: string;
  error?: React.ReactNode;
  readOnly?: boolean;
  size?: 'sm' | 'md';
  clearable?: boolean;
  'data-autofocus'?: boolean;
}

const choiceOf = ({ id, name }: Reference) => ({ value: id, label: name });

/** A choice among everyone who can sign in; the server searches. */
export function PersonSelect({ current, except, ...props }: PersonSelectProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [sought] = useDebouncedValue(words, 200);
  /** Chosen when the search had ended, after the field was left. */
  const [late, setLate] = useState<Reference | null>(null);
  const firstOf = useFirstPerson();
  const isName = sought === current?.name || sought === late?.name;
  const answer = useQuery({
    ...listUsersOptions({ query: { search: (!isName && sought) || undefined, is_active: true, per_page: 50 } }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const found = (answer.data?.data ?? []).map(choiceOf);
  const known = [current, late].filter((person) => person !== null && person !== undefined);
  const own = [...new Map(known.map((person) => [person.id, choiceOf(person)])).values()].filter(
    (choice) => !found.some(({ value }) => value === choice.value),
  );
  // The first one is what Enter takes: after a search it has to be one that was searched for.
  const choices = sought && !isName ? [...found, ...own] : [...own, ...found];
  return (
    <PatientEnter
      isSearching={words !== sought || answer.isPlaceholderData}
      onLeave={async (isStill) => {
        const person = await firstOf(words, except);
        if (!person || !isStill()) return;
        setLate(person);
        props.onChange?.(person.id);
      }}
    >
      <Select
        {...props}
        searchable
        selectFirstOptionOnChange
        clearable={props.clearable ?? true}
        clearButtonProps={{ 'aria-label': t('filter.clear') }}
        nothingFoundMessage={t('form.nothingFound')}
        data={choices.filter((choice) => choice.value !== except)}
        searchValue={words}
        onSearchChange={setWords}
        filter={({ options }) => options}
      />
    </PatientEnter>
  );
}
