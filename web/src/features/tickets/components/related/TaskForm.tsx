import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { addTask, type TicketView } from '@/api';
import { PersonSelect, useTeamChoices } from '@/features/people/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useRelatedRefresh } from '../../hooks/use-related';

/** Something that must be done for a ticket. */
export function TaskForm({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation(['tickets', 'common']);
  const teams = useTeamChoices();
  const refresh = useRelatedRefresh();
  const initialValues: { title: string; description: string; assignee_id: string | null; team_id: string | null } = {
    title: '',
    description: '',
    assignee_id: null,
    team_id: null,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { title: required(t('report.titleMissing')) },
    onSubmit: async (values) => {
      const body = {
        title: values.title.trim(),
        description: values.description.trim() || undefined,
        assignee_id: values.assignee_id ?? undefined,
        team_id: values.team_id ?? undefined,
      };
      const { data } = await addTask({ path: { key: ticket.number }, body });
      await refresh();
      notifications.show({ message: t('report.created', { number: data.number }), color: 'teal' });
      onClose();
    },
  });
  const select = { searchable: true, clearable: true, nothingFoundMessage: t('common:form.nothingFound') };
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('tasks.what')} required maxLength={500} data-autofocus {...form.getInputProps('title')} />
        <Textarea
          label={t('field.description')}
          autosize
          minRows={2}
          maxLength={65_536}
          {...form.getInputProps('description')}
        />
        <PersonSelect label={t('dialog.assignee')} {...form.getInputProps('assignee_id')} />
        <Select
          {...select}
          label={t('dialog.team')}
          description={t('tasks.teamHelp')}
          data={teams}
          {...form.getInputProps('team_id')}
        />
      </Stack>
      <FormButtons submit={t('tasks.add')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
