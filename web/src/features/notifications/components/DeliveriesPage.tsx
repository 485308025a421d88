import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Delivery, listDeliveries, operation, retryDeliveries, retryDelivery } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconDownload, IconMail, IconReopen } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import type { DeliverySearch } from '../schemas';
import { DeliveryFilters } from './DeliveryFilters';
import { DeliveryRow } from './DeliveryRow';
import classes from './notifications.module.css';

function fileOf(query: Record<string, string | undefined>): string {
  const words = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `/api/v1/deliveries/export?${new URLSearchParams(words)}`;
}

/** What was sent to whom, and how it ended. */
export function DeliveriesPage({ search }: { search: DeliverySearch }) {
  const { t } = useTranslation(['notifications', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const wanted = { state: search.state, channel: search.channel, user_id: search.person, ticket_id: search.ticket };
  const log = useInfiniteQuery({
    queryKey: [{ _id: 'listDeliveries' as const, ...wanted }],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      (await listDeliveries({ query: { ...wanted, per_page: 50, cursor: pageParam || undefined } })).data,
    getNextPageParam: (page) => page.next_cursor,
  });
  const rows = log.data?.pages.flatMap((page) => page.data) ?? [];
  const isFiltered = Object.values(wanted).some(Boolean);
  const set = (change: DeliverySearch) => void navigate({ to: '/admin/deliveries', search: { ...search, ...change } });
  const told = async (count: number) => {
    await client.invalidateQueries({ queryKey: operation('listDeliveries') });
    notifications.show({ message: t('log.retried', { count }), color: 'teal' });
  };
  const retry = (delivery: Delivery) => {
    retryDelivery({ path: { id: delivery.id } })
      .then(() => told(1))
      .catch(notifyProblem);
  };
  const retryAll = () => {
    retryDeliveries({ body: { user_id: search.person, ticket_id: search.ticket } })
      .then(({ data }) => told(data.retried))
      .catch(notifyProblem);
  };
  return (
    <div className={classes.page}>
      <PageHead title={t('log.title')} crumbs={[{ label: t('common:admin.home'), to: '/admin' }]} lead={t('log.lead')}>
        <Button
          component="a"
          href={fileOf(wanted)}
          download
          variant="default"
          leftSection={<IconDownload aria-hidden size={15} />}
        >
          {t('common:list.export')}
        </Button>
        {rows.some((row) => row.state === 'failed') && (
          <Button leftSection={<IconReopen aria-hidden size={15} />} onClick={retryAll}>
            {t('log.retryAll')}
          </Button>
        )}
      </PageHead>
      <DeliveryFilters search={search} onChange={set} />
      {log.isPending && <SkeletonRows />}
      {log.isError && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
      {log.data && rows.length === 0 && (
        <PageState
          icon={IconMail}
          title={t(isFiltered ? 'log.noneSuch' : 'log.none')}
          description={t(isFiltered ? 'log.noneSuchHelp' : 'log.noneHelp')}
        />
      )}
      {rows.length > 0 && (
        <Panel title={t('log.newest')}>
          <ul className={classes.rows}>
            {rows.map((row) => (
              <DeliveryRow key={row.id} delivery={row} onRetry={() => retry(row)} />
            ))}
          </ul>
          {log.hasNextPage && (
            <Group mt="sm">
              <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
                {t('common:table.more')}
              </Button>
            </Group>
          )}
        </Panel>
      )}
    </div>
  );
}
