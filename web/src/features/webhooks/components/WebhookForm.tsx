import { Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createWebhook, operation, updateWebhook, type WebhookView } from '@/api';
import { PersonSelect } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useSeen } from '@/ui/form/use-seen';
import { EventsField } from './EventsField';

interface WebhookFormProps {
  /** The one to change; a new one when null. */
  webhook: WebhookView | null;
  onSaved: (webhook: WebhookView) => void;
  onClose: () => void;
}

/** Where a webhook is told, of what, and with whose rights. */
export function WebhookForm({ webhook, onSaved, onClose }: WebhookFormProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const client = useQueryClient();
  const me = useMe();
  const version = useSeen(webhook?.version ?? 0);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: {
      name: webhook?.name ?? '',
      url: webhook?.url ?? 'https://',
      events: webhook?.events ?? ['ticket.*'],
      acts_as_id: webhook?.acts_as.id ?? me.id,
    },
    validate: {
      name: required(t('form.nameMissing')),
      url: (value) => (/^https?:\/\/[^/]/.test(value.trim()) ? null : t('form.urlMissing')),
      events: (words) => (words.length > 0 ? null : t('form.eventsMissing')),
      acts_as_id: (id) => (id ? null : t('form.actsAsMissing')),
    },
    onSubmit: async (values) => {
      const body = { ...values, name: values.name.trim(), url: values.url.trim() };
      const headers = { 'If-Match': `"${version}"` };
      const saved = webhook
        ? (await updateWebhook({ path: { id: webhook.id }, body, headers })).data
        : (await createWebhook({ body })).data;
      await client.invalidateQueries({ queryKey: operation('listWebhooks') });
      onSaved(saved);
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('form.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
        <TextInput
          label={t('form.url')}
          description={t('form.urlHelp')}
          type="url"
          maxLength={2000}
          {...form.getInputProps('url')}
        />
        <EventsField
          value={form.values.events}
          onChange={(events) => form.setFieldValue('events', events)}
          error={form.errors.events}
        />
        <PersonSelect
          label={t('form.actsAs')}
          description={t('form.actsAsHelp')}
          clearable={false}
          current={webhook?.acts_as ?? { id: me.id, name: me.name }}
          value={form.values.acts_as_id}
          onChange={(id) => form.setFieldValue('acts_as_id', id ?? '')}
          error={form.errors.acts_as_id}
        />
      </Stack>
      <FormButtons submit={webhook ? t('common:form.save') : t('add')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
