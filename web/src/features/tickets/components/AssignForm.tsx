import { Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reference, TicketView } from '@/api';
import { usePeopleSearch, useTeamChoices } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { PatientEnter } from '@/ui/form/PatientEnter';
import { useAppForm } from '@/ui/form/use-app-form';
import type { Step } from '../steps';

interface AssignFormProps {
  ticket: TicketView;
  onClose: () => void;
  onStep: (step: Step) => Promise<void>;
}

type Choice = { value: string; label: string };

function reference(choices: readonly Choice[], id: string | null): Reference | undefined {
  const found = choices.find((choice) => choice.value === id);
  return found && { id: found.value, name: found.label };
}

/** To whom a ticket goes: a person, a team or both; at first to who has it, or to the signed-in person. */
export function AssignForm({ ticket, onClose, onStep }: AssignFormProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const teams = useTeamChoices();
  const initialValues: { assignee: Reference | null; team_id: string | null } = {
    assignee: ticket.assignee ?? { id: me.id, name: me.name },
    team_id: ticket.team?.id ?? null,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { assignee: (value, values) => (value || values.team_id ? null : t('dialog.assignMissing')) },
    onSubmit: (values) =>
      onStep({
        verb: 'assign',
        assignee: values.assignee ?? undefined,
        team: reference(teams, values.team_id),
      }),
  });
  const { assignee } = form.values;
  const people = usePeopleSearch(assignee);
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <PatientEnter isSearching={people.isSearching}>
          <Select
            label={t('dialog.assignee')}
            placeholder={t('dialog.person')}
            searchable
            clearable
            selectFirstOptionOnChange
            nothingFoundMessage={t('common:form.nothingFound')}
            data={people.choices}
            // The server has searched already, in more than the name.
            filter={({ options }) => options}
            data-autofocus
            value={assignee?.id ?? null}
            onSearchChange={people.onSearch}
            onChange={(id) => form.setFieldValue('assignee', reference(people.choices, id) ?? null)}
            error={form.errors.assignee}
          />
        </PatientEnter>
        <Select
          label={t('dialog.team')}
          searchable
          clearable
          selectFirstOptionOnChange
          nothingFoundMessage={t('common:form.nothingFound')}
          data={teams}
          {...form.getInputProps('team_id')}
        />
      </Stack>
      <FormButtons submit={t('verb.assign')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
