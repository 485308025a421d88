import { Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reference, TicketView } from '@/api';
import { usePeopleChoices, useTeamChoices } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
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

/** To whom a ticket goes: a person, a team or both. The signed-in person stands first. */
export function AssignForm({ ticket, onClose, onStep }: AssignFormProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const people = usePeopleChoices();
  const teams = useTeamChoices();
  const first = [{ value: me.id, label: me.name }, ...people.filter((choice) => choice.value !== me.id)];
  const initialValues: { assignee_id: string | null; team_id: string | null } = {
    assignee_id: ticket.assignee?.id ?? me.id,
    team_id: ticket.team?.id ?? null,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { assignee_id: (value, values) => (value || values.team_id ? null : t('dialog.assignMissing')) },
    onSubmit: (values) =>
      onStep({
        verb: 'assign',
        assignee: reference(first, values.assignee_id),
        team: reference(teams, values.team_id),
      }),
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Select
          label={t('dialog.assignee')}
          placeholder={t('dialog.person')}
          searchable
          clearable
          selectFirstOptionOnChange
          nothingFoundMessage={t('common:form.nothingFound')}
          data={first}
          data-autofocus
          {...form.getInputProps('assignee_id')}
        />
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
