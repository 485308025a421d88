import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listTicketsOptions } from '@/api';
import { useMe } from '@/features/session/public';
import { IconCheck, IconPlus } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { requestsQuery } from '../model';
import { RequestCards } from './RequestCards';

/** Where everybody starts: report something, see what is open. */
export function PortalHome() {
  const { t } = useTranslation('portal');
  const me = useMe();
  const query = useQuery(listTicketsOptions({ query: { ...requestsQuery('open', me.id), per_page: 5 } }));
  return (
    <Stack gap={40}>
      <Stack align="center" gap="xs" py={{ base: 'md', sm: 32 }} ta="center">
        <PageTitle fz={{ base: 26, sm: 32 }}>{t('home.title')}</PageTitle>
        <Text c="dimmed">{t('home.lead')}</Text>
        <Button
          size="lg"
          mt="md"
          leftSection={<IconPlus aria-hidden size={20} />}
          renderRoot={(props) => <Link to="/portal/report" {...props} />}
        >
          {t('home.report')}
        </Button>
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
        {query.data?.data.length === 0 && (
          <PageState icon={IconCheck} title={t('home.none')} description={t('home.noneHelp')} />
        )}
        {query.data && query.data.data.length > 0 && <RequestCards rows={query.data.data} label={t('home.open')} />}
      </section>
    </Stack>
  );
}
