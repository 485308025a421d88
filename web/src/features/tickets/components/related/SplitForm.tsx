import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { splitTicket, type TicketView } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useRelatedRefresh } from '../../hooks/use-related';

interface SplitFormProps {
  ticket: TicketView;
  /** The comment that is a matter of its own. */
  commentId?: string;
  onClose: () => void;
}

/** Makes a new incident of what is a matter of its own. */
export function SplitForm({ ticket, commentId, onClose }: SplitFormProps) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const refresh = useRelatedRefresh();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { title: '', description: '' },
    validate: {
      title: required(t('report.titleMissing')),
      description: (value) => (commentId || value.trim() ? null : t('split.descriptionMissing')),
    },
    onSubmit: async ({ title, description }) => {
      const body = { title: title.trim(), description: description.trim() || undefined, comment_id: commentId };
      const { data } = await splitTicket({ path: { key: ticket.number }, body });
      await refresh();
      notifications.show({ message: t('report.created', { number: data.number }), color: 'teal' });
      onClose();
      await navigate({ to: '/agent/incidents/$key', params: { key: data.number } });
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Text size="sm">{commentId ? t('split.helpComment') : t('split.help')}</Text>
        <TextInput label={t('field.title')} required maxLength={500} data-autofocus {...form.getInputProps('title')} />
        <Textarea
          label={t('field.description')}
          autosize
          minRows={4}
          maxLength={65_536}
          required={!commentId}
          {...form.getInputProps('description')}
        />
      </Stack>
      <FormButtons submit={t('relation.split')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
