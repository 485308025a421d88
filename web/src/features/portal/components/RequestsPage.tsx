import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listTicketsOptions } from '@/api';
import { useMe } from '@/features/session/public';
import { IconInbox } from '@/ui/icons';
import { Pages } from '@/ui/page/Pages';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { isRequestFilter, REQUEST_FILTERS, type RequestFilter, requestsQuery } from '../model';
import { RequestCards } from './RequestCards';

interface RequestsPageProps {
  filter: RequestFilter;
  page: number;
}

const EMPTY_TITLES = {
  open: 'requests.nothingOpen',
  waiting: 'requests.nothingWaiting',
  done: 'requests.nothingDone',
} as const;

/** Everything that someone has asked for. */
export function RequestsPage({ filter, page }: RequestsPageProps) {
  const { t } = useTranslation('portal');
  const me = useMe();
  const navigate = useNavigate();
  const query = useQuery({
    ...listTicketsOptions({ query: { ...requestsQuery(filter, me.id), page, per_page: 20 } }),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.data ?? [];
  const pages = query.data?.pagination.total_pages ?? 1;
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle fz={24}>{t('requests.title')}</PageTitle>
        <SegmentedControl
          size="sm"
          aria-label={t('requests.show')}
          value={filter}
          onChange={(value) =>
            isRequestFilter(value) && void navigate({ to: '/portal/requests', search: { show: value } })
          }
          data={REQUEST_FILTERS.map((value) => ({ value, label: t(`requests.${value}`) }))}
        />
      </Group>
      {query.isPending && <SkeletonRows rows={5} height={56} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && (
        <PageState icon={IconInbox} title={t(EMPTY_TITLES[filter])} description={t('requests.emptyHelp')}>
          <Button size="md" renderRoot={(props) => <Link to="/portal/report" {...props} />}>
            {t('home.report')}
          </Button>
        </PageState>
      )}
      {rows.length > 0 && <RequestCards rows={rows} label={t('requests.title')} />}
      <Pages
        page={page}
        pages={pages}
        onPage={(next) => void navigate({ to: '/portal/requests', search: { show: filter, page: next } })}
      />
    </Stack>
  );
}
