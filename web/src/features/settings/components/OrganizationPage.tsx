import { Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  getOwnOrganization,
  getOwnOrganizationOptions,
  getOwnOrganizationQueryKey,
  type OrganizationView,
  updateOwnOrganization,
} from '@/api';
import { useRights } from '@/features/session/public';
import { required } from '@/ui/form/required';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import { useLanguageChoices, ZONES } from '../hooks/use-language-choices';
import { RetentionPanel } from './RetentionPanel';
import classes from './settings.module.css';

interface OrganizationValues extends Record<string, unknown> {
  name: string;
  time_zone: string;
  locale: string;
}

const toValues = ({ name, time_zone, locale }: OrganizationView): OrganizationValues => ({ name, time_zone, locale });

/** The own organization: its name, and what holds for people who chose nothing else. */
export function OrganizationPage() {
  const { t } = useTranslation(['settings', 'common']);
  const query = useQuery(getOwnOrganizationOptions());
  const { may } = useRights();
  return (
    <div className={classes.page}>
      <PageHead
        title={t('organization.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('organization.lead')}
      />
      {query.isPending && <SkeletonRows rows={3} height={36} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <OrganizationForm organization={query.data} />}
      {may('organization:update') && <RetentionPanel />}
    </div>
  );
}

function OrganizationForm({ organization }: { organization: OrganizationView }) {
  const { t } = useTranslation(['settings', 'common']);
  const client = useQueryClient();
  const { may } = useRights();
  const languages = useLanguageChoices(organization.locale);
  const isReadOnly = !may('organization:update');
  const state = useRecordForm<OrganizationView, OrganizationValues>({
    record: organization,
    toValues,
    validate: { name: required(t('organization.nameMissing')) },
    save: async (body, version) =>
      (await updateOwnOrganization({ body, headers: { 'If-Match': `"${version}"` } })).data,
    reload: async () => (await getOwnOrganization()).data,
    onSaved: (saved) => {
      client.setQueryData(getOwnOrganizationQueryKey(), saved);
      notifications.show({ message: t('common:form.saved'), color: 'teal' });
    },
  });
  const labels: Record<string, string> = {
    name: t('organization.name'),
    time_zone: t('organization.zone'),
    locale: t('organization.language'),
  };
  const { form } = state;
  return (
    <Panel title={t('organization.about')}>
      <RecordForm state={state} labelOf={(field) => labels[field] ?? field} isReadOnly={isReadOnly}>
        <Stack gap="md" maw={480}>
          <TextInput
            label={t('organization.name')}
            maxLength={100}
            readOnly={isReadOnly}
            {...form.getInputProps('name')}
          />
          <Select
            label={t('organization.zone')}
            description={t('organization.zoneHelp')}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t('common:form.nothingFound')}
            data={ZONES.includes(organization.time_zone) ? ZONES : [organization.time_zone, ...ZONES]}
            limit={50}
            readOnly={isReadOnly}
            {...form.getInputProps('time_zone')}
          />
          <Select
            label={t('organization.language')}
            description={t('organization.languageHelp')}
            allowDeselect={false}
            data={languages}
            readOnly={isReadOnly}
            {...form.getInputProps('locale')}
          />
        </Stack>
      </RecordForm>
    </Panel>
  );
}
