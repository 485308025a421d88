import { Checkbox, NumberInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type DeskSettingsView,
  getDeskSettings,
  getDeskSettingsOptions,
  getDeskSettingsQueryKey,
  updateDeskSettings,
} from '@/api';
import { useRights } from '@/features/session/public';
import { LookOnly } from '@/ui/action/LookOnly';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import classes from './settings.module.css';

interface DeskValues extends Record<string, unknown> {
  auto_close_days: number | string;
  reopen_days: number | string;
  has_survey: boolean;
}

const toValues = (settings: DeskSettingsView): DeskValues => ({
  auto_close_days: settings.auto_close_days,
  reopen_days: settings.reopen_days ?? '',
  has_survey: settings.has_survey,
});

/** When tickets close by themselves, how long they can be reopened, and whether people are asked how content they are. */
export function DeskSettingsPage() {
  const { t } = useTranslation(['settings', 'common']);
  const query = useQuery(getDeskSettingsOptions());
  return (
    <div className={classes.page}>
      <PageHead
        title={t('desk.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('desk.lead')}
      />
      {query.isPending && <SkeletonRows rows={3} height={36} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <DeskSettingsForm settings={query.data} />}
    </div>
  );
}

function DeskSettingsForm({ settings }: { settings: DeskSettingsView }) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const { may } = useRights();
  const isReadOnly = !may('desk_settings:manage');
  const state = useRecordForm<DeskSettingsView, DeskValues>({
    record: settings,
    toValues,
    validate: { auto_close_days: (value) => (Number(value) >= 1 ? null : t('desk.daysMissing')) },
    save: async ({ auto_close_days, reopen_days, has_survey }, version) => {
      const body = {
        ...(auto_close_days !== undefined && { auto_close_days: Number(auto_close_days) }),
        ...(reopen_days !== undefined && { reopen_days: reopen_days === '' ? null : Number(reopen_days) }),
        ...(has_survey !== undefined && { has_survey }),
      };
      return (await updateDeskSettings({ body, headers: { 'If-Match': `"${version}"` } })).data;
    },
    reload: async () => (await getDeskSettings()).data,
    onSaved: (saved) => {
      client.setQueryData(getDeskSettingsQueryKey(), saved);
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
    },
  });
  const labels: Record<string, string> = {
    auto_close_days: t('desk.autoClose'),
    reopen_days: t('desk.reopen'),
    has_survey: t('desk.survey'),
  };
  const { form } = state;
  return (
    <Panel title={t('desk.lifecycle')}>
      <RecordForm state={state} labelOf={(field) => labels[field] ?? field} isReadOnly={isReadOnly}>
        <Stack gap="md" maw={480}>
          <NumberInput
            label={t('desk.autoClose')}
            description={t('desk.autoCloseHelp')}
            min={1}
            max={365}
            allowDecimal={false}
            readOnly={isReadOnly}
            {...form.getInputProps('auto_close_days')}
          />
          <NumberInput
            label={t('desk.reopen')}
            description={t('desk.reopenHelp')}
            placeholder={t('desk.reopenAlways')}
            min={1}
            max={365}
            allowDecimal={false}
            readOnly={isReadOnly}
            {...form.getInputProps('reopen_days')}
          />
          <LookOnly isReadOnly={isReadOnly}>
            <Checkbox
              size="sm"
              label={t('desk.survey')}
              description={t('desk.surveyHelp')}
              {...form.getInputProps('has_survey', { type: 'checkbox' })}
            />
          </LookOnly>
        </Stack>
      </RecordForm>
    </Panel>
  );
}
