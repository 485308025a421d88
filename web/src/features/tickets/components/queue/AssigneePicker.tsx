import { type ComboboxParsedItem, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { usePeopleSearch, useTeamChoices } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { refusalWords } from '@/ui/feedback/problem-words';
import { PatientEnter } from '@/ui/form/PatientEnter';
import { type AssignConflict, useStep } from '../../hooks/use-step';
import { actionFor } from '../../model';
import type { Step } from '../../steps';
import { AssignConflictDialog } from '../AssignConflictDialog';

interface AssigneePickerProps {
  ticket: TicketView;
  onClose: () => void;
}

const asGiven = ({ options }: { options: ComboboxParsedItem[] }) => options;

/** Gives a ticket to a person or a team: one choice and it is done. */
export function AssigneePicker({ ticket, onClose }: AssigneePickerProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const people = usePeopleSearch(null);
  const [words, setWords] = useState('');
  const teams = useTeamChoices();
  const [conflict, setConflict] = useState<AssignConflict | null>(null);
  // What was seen when the choice opened: someone who takes it meanwhile is a conflict to decide.
  const [seen] = useState(ticket);
  const { mutate } = useStep(seen, { onConflict: setConflict, onDone: onClose });
  const told = actionFor(ticket, 'assign');
  if (!told?.allowed) return <Text size="sm">{refusalWords(told) ?? t('page.readOnly')}</Text>;
  const own = { value: me.id, label: me.name };
  const persons = words ? people.choices : [own, ...people.choices.filter((choice) => choice.value !== me.id)];
  const fitting = teams.filter(({ label }) => label.toLowerCase().includes(words.trim().toLowerCase()));
  const choose = (value: string | null) => {
    const person = persons.find((choice) => choice.value === value);
    const team = teams.find((choice) => choice.value === value);
    if (!person && !team) return;
    const step: Step = {
      verb: 'assign',
      ...(person && { assignee: { id: person.value, name: person.label } }),
      ...(team && { team: { id: team.value, name: team.label } }),
    };
    mutate({ step });
  };
  return (
    <>
      <PatientEnter isSearching={people.isSearching}>
        <Select
          label={t('verb.assign')}
          placeholder={t('dialog.personOrTeam')}
          searchable
          selectFirstOptionOnChange
          defaultDropdownOpened
          comboboxProps={{ withinPortal: false }}
          nothingFoundMessage={t('common:form.nothingFound')}
          data={[
            { group: t('dialog.assignee'), items: persons },
            { group: t('dialog.team'), items: fitting },
          ].filter((group) => group.items.length > 0)}
          // People were searched by the server, in more than the name, and teams above.
          filter={asGiven}
          value={null}
          onSearchChange={(text) => {
            setWords(text);
            people.onSearch(text);
          }}
          onChange={choose}
          data-autofocus
          w={260}
        />
      </PatientEnter>
      <AssignConflictDialog
        conflict={conflict}
        onClose={onClose}
        onApply={({ step, theirs }) => {
          mutate({ step, seen: theirs });
          setConflict(null);
        }}
      />
    </>
  );
}
