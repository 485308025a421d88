import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { createSlaPolicy, listSlaCalendarsOptions, listSlaPoliciesOptions, operation } from '@/api';
import { useRights } from '@/features/session/public';
import { Refusable } from '@/ui/action/Refusable';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconPlus, IconTimer } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { USUAL_TARGETS } from '../policy';
import { PolicyList } from './PolicyList';
import { RecomputePanel } from './RecomputePanel';
import classes from './sla.module.css';

/** The policies in their order: the first that matches a ticket counts. */
export function PoliciesPage() {
  const { t } = useTranslation(['sla', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const query = useQuery(listSlaPoliciesOptions());
  const calendars = useQuery(listSlaCalendarsOptions());
  const policies = query.data?.data ?? [];
  const calendar = calendars.data?.data.find((each) => each.is_default) ?? calendars.data?.data[0];
  const isReadOnly = !may('sla:manage');
  const create = useMutation({
    mutationFn: async () => {
      const body = {
        name: t('policies.newName'),
        agreement: 'sla' as const,
        is_active: false,
        calendar_id: calendar?.id ?? '',
        targets: USUAL_TARGETS,
      };
      return (await createSlaPolicy({ body })).data;
    },
    onSuccess: async (policy) => {
      await client.invalidateQueries({ queryKey: operation('listSlaPolicies') });
      await navigate({ to: '/admin/policies/$id', params: { id: policy.id } });
    },
    onError: notifyProblem,
  });
  const add = !isReadOnly && (
    <Refusable reason={calendar ? null : t('policies.needsCalendar')}>
      <Button
        leftSection={<IconPlus aria-hidden size={15} />}
        loading={create.isPending}
        onClick={() => create.mutate()}
      >
        {t('policies.add')}
      </Button>
    </Refusable>
  );
  return (
    <div className={classes.page}>
      <PageHead
        title={t('policies.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        count={query.data && policies.length}
        lead={t('policies.lead')}
      >
        {add}
      </PageHead>
      {query.isPending && <SkeletonRows />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && policies.length === 0 && (
        <PageState icon={IconTimer} title={t('policies.empty')} description={t('policies.emptyHelp')}>
          {add}
        </PageState>
      )}
      {policies.length > 0 && (
        <Panel title={t('policies.order')} lead={t('policies.orderHelp')}>
          <PolicyList policies={policies} calendars={calendars.data?.data ?? []} isReadOnly={isReadOnly} />
        </Panel>
      )}
      {policies.length > 0 && <RecomputePanel isReadOnly={isReadOnly} />}
    </div>
  );
}
