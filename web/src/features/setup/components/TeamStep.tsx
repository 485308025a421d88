import { Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { addTeamMember, createTeam, operation, type TeamView } from '@/api';
import { useMe } from '@/features/session/public';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { Step } from './Step';

interface TeamStepProps {
  team: TeamView | null;
  onMade: (team: TeamView) => void;
}

/** A first team, with the administrator in it. */
export function TeamStep({ team, onMade }: TeamStepProps) {
  const { t } = useTranslation('setup');
  const me = useMe();
  const client = useQueryClient();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { name: t('first.teamDefault') },
    validate: { name: required(t('first.teamMissing')) },
    onSubmit: async ({ name }) => {
      const { data } = await createTeam({ body: { name: name.trim() } });
      await addTeamMember({ path: { id: data.id }, body: { user_id: me.id } });
      onMade(data);
      await client.invalidateQueries({ queryKey: operation('listTeams') });
    },
  });
  if (team) return <Step number={1} title={t('first.team')} help="" done={t('first.teamDone', { name: team.name })} />;
  return (
    <Step number={1} title={t('first.team')} help={t('first.teamHelp')}>
      <form {...formProps}>
        <FormProblem problem={problem} />
        <Group align="end" gap="sm">
          <TextInput
            size="sm"
            flex="1 1 200px"
            label={t('first.teamName')}
            maxLength={100}
            {...form.getInputProps('name')}
          />
          <Button size="sm" type="submit" loading={isSubmitting}>
            {t('first.teamSubmit')}
          </Button>
        </Group>
      </form>
    </Step>
  );
}
