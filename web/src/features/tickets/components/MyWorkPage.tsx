import { Anchor, Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listTicketsOptions } from '@/api';
import { IconCheck } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { PRESETS, queueQuery } from '../schemas';
import { TicketLines } from './TicketLines';

/** What waits for me, and what waits for anybody. */
export function MyWorkPage() {
  const { t } = useTranslation('tickets');
  return (
    <Container size="lg" py="lg">
      <PageTitle mb="md">{t('work.title')}</PageTitle>
      <Stack gap="xl">
        <Section
          preset="myOpen"
          title={t('work.mine')}
          empty={t('work.nothingMine')}
          help={t('work.nothingMineHelp')}
        />
        <Section
          preset="unassigned"
          title={t('work.unassigned')}
          empty={t('work.nothingWaiting')}
          help={t('work.nothingWaitingHelp')}
        />
      </Stack>
    </Container>
  );
}

interface SectionProps {
  preset: 'myOpen' | 'unassigned';
  title: string;
  empty: string;
  help: string;
}

function Section({ preset, title, empty, help }: SectionProps) {
  const { t } = useTranslation('tickets');
  const query = useQuery(listTicketsOptions({ query: { ...queueQuery(PRESETS[preset]), per_page: 10 } }));
  const total = query.data?.pagination.total ?? 0;
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="xs">
        <Title order={2} fz={15}>
          {title}{' '}
          <Text span c="dimmed" inherit fw={400}>
            {query.data && total}
          </Text>
        </Title>
        {total > 0 && (
          <Anchor size="sm" renderRoot={(props) => <Link to="/agent/tickets" search={PRESETS[preset]} {...props} />}>
            {t('work.seeAll')}
          </Anchor>
        )}
      </Group>
      <Paper withBorder radius="md" bg="var(--steward-surface)" style={{ overflow: 'hidden' }}>
        {query.isPending && <SkeletonRows rows={4} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && total === 0 && <PageState icon={IconCheck} title={empty} description={help} />}
        {query.data && total > 0 && <TicketLines rows={query.data.data} label={title} />}
      </Paper>
    </section>
  );
}
