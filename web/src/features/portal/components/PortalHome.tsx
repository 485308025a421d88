import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listTicketsOptions } from '@/api';
import { useMe } from '@/features/session/public';
import { IconCheck } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { requestsQuery, waitingFirst } from '../model';
import { Announcements } from './Announcements';
import { HomeSearch } from './HomeSearch';
import { RequestCards } from './RequestCards';
import { StatusBanner } from './StatusBanner';

const SHOWN = 5;

/** Where everybody starts: say what is wrong, see what is open and what is known. */
export function PortalHome() {
  const { t } = useTranslation('portal');
  const me = useMe();
  const query = useQuery(listTicketsOptions({ query: { ...requestsQuery('open', me.id), per_page: SHOWN } }));
  const rows = waitingFirst(query.data?.data ?? []);
  return (
    <Stack gap="xl">
      <StatusBanner />
      <Announcements />
      <Stack gap="xs" py={{ base: 4, sm: 24 }}>
        <PageTitle fz={{ base: 26, sm: 32 }} ta={{ sm: 'center' }}>
          {t('home.title')}
        </PageTitle>
        <Text c="dimmed" ta={{ sm: 'center' }}>
          {t('home.lead')}
        </Text>
        <HomeSearch />
      </Stack>
      <section aria-label={t('home.open')}>
        <Group justify="space-between" mb="sm">
          <Title order={2} fz={18}>
            {t('home.open')}
          </Title>
          <Anchor renderRoot={(props) => <Link to="/portal/requests" {...props} />}>{t('home.all')}</Anchor>
        </Group>
        {query.isPending && <SkeletonRows rows={3} height={56} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && rows.length === 0 && (
          <PageState icon={IconCheck} title={t('home.none')} description={t('home.noneHelp')} />
        )}
        {rows.length > 0 && <RequestCards rows={rows} label={t('home.open')} />}
      </section>
    </Stack>
  );
}
