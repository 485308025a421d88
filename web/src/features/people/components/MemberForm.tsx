import { Select, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addTeamMember, operation, type TeamView } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { useAppForm } from '@/ui/form/use-app-form';
import { usePeopleChoices } from '../hooks/use-choices';

/** Someone joins a team. */
export function MemberForm({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const people = usePeopleChoices();
  const initialValues: { user_id: string | null } = { user_id: null };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { user_id: (value) => (value ? null : t('teams.personMissing')) },
    onSubmit: async ({ user_id }) => {
      if (!user_id) return;
      await addTeamMember({ path: { id: team.id }, body: { user_id } });
      const person = people.find((choice) => choice.value === user_id)?.label ?? '';
      notifications.show({ message: t('teams.memberAdded', { person, team: team.name }), color: 'teal' });
      await client.invalidateQueries({ queryKey: operation('listTeams') });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Select
          label={t('teams.person')}
          searchable
          selectFirstOptionOnChange
          nothingFoundMessage={t('common:form.nothingFound')}
          data={people}
          data-autofocus
          {...form.getInputProps('user_id')}
        />
      </Stack>
      <FormButtons submit={t('teams.addMember')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
