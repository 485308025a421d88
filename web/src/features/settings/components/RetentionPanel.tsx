import { NumberInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  getRetentionSettings,
  getRetentionSettingsOptions,
  getRetentionSettingsQueryKey,
  type RetentionSettingsView,
  updateRetentionSettings,
} from '@/api';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';

const FIELDS = ['inbound_mail_days', 'delivery_days', 'webhook_delivery_days'] as const;
type Field = (typeof FIELDS)[number];
type RetentionValues = Record<Field, number | string>;

const MOST = 3650;

const toValues = (settings: RetentionSettingsView): RetentionValues => ({
  inbound_mail_days: settings.inbound_mail_days,
  delivery_days: settings.delivery_days,
  webhook_delivery_days: settings.webhook_delivery_days,
});

const isDays = (value: number | string) => value !== '' && Number(value) >= 0 && Number(value) <= MOST;

/** How long mail that came in and what was sent is kept. */
export function RetentionPanel() {
  const query = useQuery(getRetentionSettingsOptions());
  const { t } = useTranslation('settings');
  return (
    <Panel title={t('retention.title')}>
      {query.isPending && <SkeletonRows rows={3} height={36} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <RetentionForm settings={query.data} />}
    </Panel>
  );
}

function RetentionForm({ settings }: { settings: RetentionSettingsView }) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const days = (value: number | string) => (isDays(value) ? null : t('retention.daysMissing'));
  const state = useRecordForm<RetentionSettingsView, RetentionValues>({
    record: settings,
    toValues,
    validate: { inbound_mail_days: days, delivery_days: days, webhook_delivery_days: days },
    save: async (changed, version) => {
      const body = Object.fromEntries(Object.entries(changed).map(([field, value]) => [field, Number(value)]));
      return (await updateRetentionSettings({ body, headers: { 'If-Match': `"${version}"` } })).data;
    },
    reload: async () => (await getRetentionSettings()).data,
    onSaved: (saved) => {
      client.setQueryData(getRetentionSettingsQueryKey(), saved);
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
    },
  });
  const labels: Record<string, string> = {
    inbound_mail_days: t('retention.inbound'),
    delivery_days: t('retention.deliveries'),
    webhook_delivery_days: t('retention.webhooks'),
  };
  const helps: Record<Field, string> = {
    inbound_mail_days: t('retention.inboundHelp'),
    delivery_days: t('retention.deliveriesHelp'),
    webhook_delivery_days: t('retention.webhooksHelp'),
  };
  return (
    <RecordForm state={state} labelOf={(field) => labels[field] ?? field}>
      <Stack gap="md" maw={480}>
        {FIELDS.map((field) => (
          <NumberInput
            key={field}
            label={labels[field]}
            description={helps[field]}
            min={0}
            max={MOST}
            allowDecimal={false}
            {...state.form.getInputProps(field)}
          />
        ))}
      </Stack>
    </RecordForm>
  );
}
