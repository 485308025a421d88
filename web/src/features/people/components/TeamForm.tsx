import { Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createTeam, operation, type TeamView } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';

/** A new team. */
export function TeamForm({ onClose, onAdded }: { onClose: () => void; onAdded: (team: TeamView) => void }) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { name: '', description: '' },
    validate: { name: required(t('teams.nameMissing')) },
    onSubmit: async (values) => {
      const { data } = await createTeam({
        body: { name: values.name.trim(), description: values.description || undefined },
      });
      notifications.show({ message: t('teams.added', { name: data.name }), color: 'teal' });
      await client.invalidateQueries({ queryKey: operation('listTeams') });
      onClose();
      onAdded(data);
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('teams.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <Textarea
          label={t('teams.description')}
          maxLength={1000}
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
      </Stack>
      <FormButtons submit={t('teams.add')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
