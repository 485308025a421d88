import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { replayWebhook, type WebhookView } from '@/api';
import { fromLocalInput, toLocalInput } from '@/lib/local-time';
import { FormProblem } from '@/ui/form/FormProblem';
import { useAppForm } from '@/ui/form/use-app-form';

const DAY_MS = 86_400_000;

interface ReplayDialogProps {
  webhook: WebhookView;
  isOpen: boolean;
  onChanged: () => Promise<unknown>;
  onClose: () => void;
}

/** Sends everything of a time again that the receiver missed. */
export function ReplayDialog({ webhook, isOpen, onChanged, onClose }: ReplayDialogProps) {
  const { t } = useTranslation('webhooks');
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('replay.title')}>
      {isOpen && <ReplayForm webhook={webhook} onChanged={onChanged} onClose={onClose} />}
    </Modal>
  );
}

function ReplayForm({ webhook, onChanged, onClose }: Omit<ReplayDialogProps, 'isOpen'>) {
  const { t } = useTranslation(['webhooks', 'common']);
  const [now] = useState(() => Date.now());
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: {
      from: toLocalInput(new Date(now - DAY_MS).toISOString()),
      until: toLocalInput(new Date(now + 60_000).toISOString()),
      include_sent: false,
    },
    validate: {
      from: (value) => (value ? null : t('replay.fromMissing')),
      until: (value, { from }) => (value > from ? null : t('replay.order')),
    },
    onSubmit: async (values) => {
      const range = { from: fromLocalInput(values.from) ?? '', until: fromLocalInput(values.until) ?? '' };
      let count = 0;
      let cursor: string | null | undefined;
      do {
        const body = { ...range, include_sent: values.include_sent, cursor: cursor ?? undefined };
        const { data } = await replayWebhook({ path: { id: webhook.id }, body });
        count += data.count;
        cursor = data.next_cursor;
      } while (cursor);
      await onChanged();
      notifications.show({ message: t('replay.done', { count }), color: count > 0 ? 'teal' : 'gray' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Text size="sm">{t('replay.help')}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput type="datetime-local" label={t('replay.from')} data-autofocus {...form.getInputProps('from')} />
          <TextInput type="datetime-local" label={t('replay.until')} {...form.getInputProps('until')} />
        </SimpleGrid>
        <Checkbox label={t('replay.includeSent')} {...form.getInputProps('include_sent', { type: 'checkbox' })} />
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common:form.cancel')}
        </Button>
        <Button type="submit" loading={isSubmitting}>
          {t('replay.do')}
        </Button>
      </Group>
    </form>
  );
}
