import { Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addTeamMember, getUser, operation, type TeamView } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { useAppForm } from '@/ui/form/use-app-form';
import { PersonSelect } from './PersonSelect';

/** Someone joins a team. */
export function MemberForm({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const initialValues: { user_id: string | null } = { user_id: null };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { user_id: (value) => (value ? null : t('teams.personMissing')) },
    onSubmit: async ({ user_id }) => {
      if (!user_id) return;
      await addTeamMember({ path: { id: team.id }, body: { user_id } });
      const person = (await getUser({ path: { id: user_id } })).data.name;
      notifications.show({ message: t('teams.memberAdded', { person, team: team.name }), color: 'teal' });
      for (const name of ['listTeams', 'listTeamMembers', 'getTeam']) {
        await client.invalidateQueries({ queryKey: operation(name) });
      }
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <PersonSelect label={t('teams.person')} data-autofocus {...form.getInputProps('user_id')} />
      </Stack>
      <FormButtons submit={t('teams.addMember')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
