import { Select, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { usePeopleChoices, useTeamChoices } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { refusalWords } from '@/ui/feedback/problem-words';
import { type AssignConflict, useStep } from '../../hooks/use-step';
import { actionFor } from '../../model';
import type { Step } from '../../steps';
import { AssignConflictDialog } from '../AssignConflictDialog';

interface AssigneePickerProps {
  ticket: TicketView;
  onClose: () => void;
}

/** Gives a ticket to a person or a team: one choice and it is done. */
export function AssigneePicker({ ticket, onClose }: AssigneePickerProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const people = usePeopleChoices();
  const teams = useTeamChoices();
  const [conflict, setConflict] = useState<AssignConflict | null>(null);
  // What was seen when the choice opened: someone who takes it meanwhile is a conflict to decide.
  const [seen] = useState(ticket);
  const { mutate } = useStep(seen, { onConflict: setConflict, onDone: onClose });
  const told = actionFor(ticket, 'assign');
  if (!told?.allowed) return <Text size="sm">{refusalWords(told) ?? t('page.readOnly')}</Text>;
  const persons = [{ value: me.id, label: me.name }, ...people.filter((choice) => choice.value !== me.id)];
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
          { group: t('dialog.team'), items: teams },
        ]}
        value={null}
        onChange={choose}
        data-autofocus
        w={260}
      />
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
