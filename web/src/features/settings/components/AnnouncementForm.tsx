import { Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AnnouncementView, createAnnouncement, operation, updateAnnouncement } from '@/api';
import { fromLocalInput, toLocalInput } from '@/lib/local-time';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { AUDIENCES, isAudience, isSeverity, SEVERITIES } from '../announcement';

interface AnnouncementFormProps {
  /** The one to change; a new one when null. */
  announcement: AnnouncementView | null;
  onClose: () => void;
}

/** What is announced, to whom, and when it is shown. */
export function AnnouncementForm({ announcement, onClose }: AnnouncementFormProps) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: {
      title: announcement?.title ?? '',
      body: announcement?.body ?? '',
      severity: announcement?.severity ?? 'info',
      audience: announcement?.audience ?? 'all',
      starts_at: toLocalInput(announcement?.starts_at),
      ends_at: toLocalInput(announcement?.ends_at),
    },
    validate: {
      title: required(t('news.titleMissing')),
      ends_at: (value, { starts_at }) => (value && starts_at && value <= starts_at ? t('news.order') : null),
    },
    onSubmit: async (values) => {
      const same = {
        title: values.title.trim(),
        body: values.body,
        severity: isSeverity(values.severity) ? values.severity : undefined,
        audience: isAudience(values.audience) ? values.audience : undefined,
        starts_at: fromLocalInput(values.starts_at) ?? undefined,
        ends_at: fromLocalInput(values.ends_at),
      };
      if (announcement) {
        const headers = { 'If-Match': `"${announcement.version}"` };
        await updateAnnouncement({ path: { id: announcement.id }, body: same, headers });
      } else {
        await createAnnouncement({ body: same });
      }
      await client.invalidateQueries({ queryKey: operation('listAnnouncements') });
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('news.titleField')} maxLength={200} data-autofocus {...form.getInputProps('title')} />
        <Textarea
          label={t('news.body')}
          description={t('news.bodyHelp')}
          maxLength={20_000}
          autosize
          minRows={4}
          maxRows={14}
          {...form.getInputProps('body')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label={t('news.severity')}
            allowDeselect={false}
            data={SEVERITIES.map((word) => ({ value: word, label: t(`severity.${word}`) }))}
            {...form.getInputProps('severity')}
          />
          <Select
            label={t('news.audience')}
            allowDeselect={false}
            data={AUDIENCES.map((word) => ({ value: word, label: t(`audience.${word}`) }))}
            {...form.getInputProps('audience')}
          />
          <TextInput
            label={t('news.from')}
            description={t('news.fromHelp')}
            type="datetime-local"
            {...form.getInputProps('starts_at')}
          />
          <TextInput
            label={t('news.until')}
            description={t('news.untilHelp')}
            type="datetime-local"
            {...form.getInputProps('ends_at')}
          />
        </SimpleGrid>
      </Stack>
      <FormButtons
        submit={announcement ? t('common:form.save') : t('news.add')}
        isSubmitting={isSubmitting}
        onCancel={onClose}
      />
    </form>
  );
}
