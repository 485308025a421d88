import { Anchor, Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listTicketsOptions } from '@/api';
import { MajorNotice } from '@/features/major/public';
import { IconCheck } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { EmptyLine } from '@/ui/page-states/EmptyLine';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { PRESETS, queueQuery } from '../schemas';
import { TicketLines } from './TicketLines';
import { WorkNews } from './WorkNews';

const SECTIONS = [
  { preset: 'myOpen', title: 'mine', empty: 'nothingMine' },
  { preset: 'onHold', title: 'onHold', empty: 'nothingOnHold' },
  { preset: 'unassigned', title: 'unassigned', empty: 'nothingWaiting' },
] as const;

/** What waits for me, for others, and for anybody. */
export function MyWorkPage() {
  const { t } = useTranslation('tickets');
  return (
    <Container size="lg" py="md" ms={0}>
      <PageTitle mb="md">{t('work.title')}</PageTitle>
      <Stack gap="xl">
        <MajorNotice />
        <Section {...SECTIONS[0]} />
        <WorkNews />
        <Section {...SECTIONS[1]} />
        <Section {...SECTIONS[2]} />
      </Stack>
    </Container>
  );
}

function Section({ preset, title, empty }: (typeof SECTIONS)[number]) {
  const { t } = useTranslation('tickets');
  const query = useQuery(listTicketsOptions({ query: { ...queueQuery(PRESETS[preset]), per_page: 10 } }));
  const total = query.data?.pagination.total ?? 0;
  const name = t(`work.${title}`);
  return (
    <section aria-label={name}>
      <Group justify="space-between" mb="xs">
        <Title order={2} fz={15}>
          {name}{' '}
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
        {query.data && total === 0 && (
          <EmptyLine icon={IconCheck} title={`${t(`work.${empty}`)}.`} description={t(`work.${empty}Help`)} />
        )}
        {query.data && total > 0 && <TicketLines rows={query.data.data} label={name} />}
      </Paper>
    </section>
  );
}
