import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reference } from '@/api';
import { usePeopleSearch } from '@/features/people/public';
import { PatientEnter } from '@/ui/form/PatientEnter';

interface PersonEditorProps {
  label: string;
  value: Reference | null;
  canClear?: boolean;
  onChoose: (person: Reference | null) => void;
}

/** Another person for a fact; people are searched on the server. */
export function PersonEditor({ label, value, canClear, onChoose }: PersonEditorProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const { choices, onSearch, findFirst, isSearching } = usePeopleSearch(value);
  return (
    <PatientEnter
      isSearching={isSearching}
      onLeave={async (isStill) => {
        const person = await findFirst();
        if (person && isStill()) onChoose(person);
      }}
    >
      <Select
        label={label}
        placeholder={t('dialog.person')}
        searchable
        clearable={canClear}
        selectFirstOptionOnChange
        comboboxProps={{ withinPortal: false }}
        nothingFoundMessage={t('common:form.nothingFound')}
        data={choices}
        // The server has searched already, in more than the name.
        filter={({ options }) => options}
        value={value?.id ?? null}
        onSearchChange={onSearch}
        onChange={(id) => {
          const person = choices.find((choice) => choice.value === id);
          onChoose(person ? { id: person.value, name: person.label } : null);
        }}
        data-autofocus
        w={260}
      />
    </PatientEnter>
  );
}
