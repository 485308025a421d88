import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { usePeopleSearch } from '@/features/people/public';
import { PatientEnter } from '@/ui/form/PatientEnter';

interface PersonSelectProps extends SelectProps {
  people: ReturnType<typeof usePeopleSearch>;
}

/** A person, searched on the server. */
export function PersonSelect({ people, ...props }: PersonSelectProps) {
  const { t } = useTranslation();
  return (
    <PatientEnter
      isSearching={people.isSearching}
      onLeave={async (isStill) => {
        const person = await people.findFirst();
        if (person && isStill()) props.onChange?.(person.id, { value: person.id, label: person.name });
      }}
    >
      <Select
        {...props}
        searchable
        allowDeselect={false}
        selectFirstOptionOnChange
        nothingFoundMessage={t('form.nothingFound')}
        data={people.choices}
        // The server has searched already.
        filter={({ options }) => options}
        onSearchChange={people.onSearch}
      />
    </PatientEnter>
  );
}
