import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getSlaPolicyOptions, listExpressionFieldsOptions, listSlaCalendarsOptions } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { PolicyForm } from './PolicyForm';
import classes from './sla.module.css';

/** One policy: for which tickets, by which calendar, how much time. */
export function PolicyPage({ id }: { id: string }) {
  const { t } = useTranslation(['sla', 'common']);
  const query = useQuery(getSlaPolicyOptions({ path: { id } }));
  const calendars = useQuery(listSlaCalendarsOptions());
  const fields = useQuery({ ...listExpressionFieldsOptions(), staleTime: 300_000 });
  const failed = [query, calendars, fields].filter((each) => each.isError);
  if (failed[0]) {
    const retry = () => failed.map((each) => each.refetch());
    return <ErrorState error={failed[0].error} onRetry={retry} isPage />;
  }
  if (!query.data || !calendars.data || !fields.data) return <SkeletonRows />;
  const policy = query.data;
  return (
    <div className={classes.page}>
      <PageHead
        title={policy.name}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('policies.title'), to: '/admin/policies' },
        ]}
        marks={
          <>
            <Badge color="gray">{t(`agreement.${policy.agreement}`)}</Badge>
            {!policy.is_active && <Badge color="orange">{t('policies.inactive')}</Badge>}
          </>
        }
      />
      <PolicyForm policy={policy} calendars={calendars.data.data} fields={fields.data.data} />
    </div>
  );
}
