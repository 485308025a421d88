import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listMajorIncidentsOptions, listMajorUpdatesInfiniteOptions, type MajorRowView } from '@/api';
import { IconAnnounce, IconResolved } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Prose } from '@/ui/text/Prose';
import { Time } from '@/ui/time/Time';
import { useOutages } from '../hooks/use-outages';
import { Announcements } from './Announcements';
import classes from './status.module.css';

const PAST = 5;
const FEED = 10;
const ASK_AGAIN_MS = 60_000;

/** What is disturbed, for everyone to read, with every word that was said about it. */
export function StatusPage() {
  const { t } = useTranslation('portal');
  const active = useOutages();
  const past = useQuery(listMajorIncidentsOptions({ query: { state: 'resolved', per_page: PAST } }));
  return (
    <Stack gap="xl">
      <PageTitle fz={24}>{t('status.title')}</PageTitle>
      <Announcements />
      {active.isPending && <SkeletonRows rows={2} height={80} />}
      {active.isError && <ErrorState error={active.error} onRetry={() => void active.refetch()} />}
      {active.data?.data.length === 0 && (
        <PageState icon={IconResolved} title={t('status.fine')} description={t('status.fineHelp')}>
          <Button size="sm" variant="default" renderRoot={(props) => <Link to="/portal/report" {...props} />}>
            {t('home.report')}
          </Button>
        </PageState>
      )}
      {active.data?.data.map((outage) => (
        <Outage key={outage.id} outage={outage} isActive />
      ))}
      {past.data && past.data.data.length > 0 && (
        <Stack component="section" gap="md" aria-label={t('status.past')}>
          <Title order={2} fz={18}>
            {t('status.past')}
          </Title>
          {past.data.data.map((outage) => (
            <Outage key={outage.id} outage={outage} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function Outage({ outage, isActive }: { outage: MajorRowView; isActive?: boolean }) {
  const { t } = useTranslation('portal');
  const Icon = isActive ? IconAnnounce : IconResolved;
  return (
    <article className={classes.card} data-active={isActive || undefined} aria-label={outage.headline}>
      <Group gap="sm" mb={6}>
        <Badge color={isActive ? 'orange' : 'teal'} size="lg" leftSection={<Icon aria-hidden size={14} />}>
          {isActive ? t('status.active') : t('status.solved')}
        </Badge>
        <Text size="sm" c="dimmed">
          {outage.resolved_at ? (
            <>
              {t('status.solvedAt')} <Time at={outage.resolved_at} />
            </>
          ) : (
            <>
              {t('status.since')} <Time at={outage.declared_at} />
            </>
          )}
        </Text>
      </Group>
      <Title order={isActive ? 2 : 3} fz={18} style={{ overflowWrap: 'anywhere' }}>
        {outage.headline}
      </Title>
      {isActive && outage.next_update_due_at && (
        <Text size="sm" mt={4}>
          {t('status.next')} <Time at={outage.next_update_due_at} isAhead />
        </Text>
      )}
      <Feed outage={outage} isActive={isActive ?? false} />
    </article>
  );
}

function Feed({ outage, isActive }: { outage: MajorRowView; isActive: boolean }) {
  const { t } = useTranslation('portal');
  const feed = useInfiniteQuery({
    ...listMajorUpdatesInfiniteOptions({ path: { key: outage.number }, query: { per_page: FEED } }),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) => (pagination.has_next ? (pagination.page ?? 1) + 1 : null),
    refetchInterval: isActive ? ASK_AGAIN_MS : false,
  });
  if (feed.isPending) return <SkeletonRows rows={1} height={40} />;
  if (feed.isError) return <ErrorState error={feed.error} onRetry={() => void feed.refetch()} />;
  const updates = feed.data.pages.flatMap((page) => page.data);
  return (
    <>
      <ol className={classes.feed} aria-label={t('status.feed')}>
        {updates.length === 0 && <li>{t('status.noWord')}</li>}
        {updates.map((update) => (
          <li key={update.id}>
            <Text size="sm" c="dimmed">
              <Time at={update.created_at} />
            </Text>
            <Prose html={update.body_html} />
          </li>
        ))}
      </ol>
      {feed.hasNextPage && (
        <Button size="sm" variant="default" loading={feed.isFetchingNextPage} onClick={() => void feed.fetchNextPage()}>
          {t('status.older')}
        </Button>
      )}
    </>
  );
}
