import { Container, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listMajorIncidentsOptions } from '@/api';
import { askAgain } from '@/lib/live-state';
import { IconMajor } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Prose } from '@/ui/text/Prose';
import { Time } from '@/ui/time/Time';
import { Cadence } from './Cadence';
import classes from './major.module.css';

export const STATES = ['active', 'resolved'] as const;
export type MajorState = (typeof STATES)[number];

/** The major incidents of the organization, those of now first. */
export function MajorListPage({ state }: { state: MajorState }) {
  const { t } = useTranslation('major');
  const navigate = useNavigate();
  const query = useQuery({
    ...listMajorIncidentsOptions({ query: { state, per_page: 50 } }),
    refetchInterval: askAgain(30_000),
  });
  const rows = query.data?.data ?? [];
  return (
    <Container size="lg" py="md" ms={0}>
      <Group justify="space-between" mb="md">
        <PageTitle>{t('list.title')}</PageTitle>
        <SegmentedControl
          aria-label={t('list.state')}
          value={state}
          onChange={(value) =>
            void navigate({ to: '/agent/incidents/major', search: { state: STATES.find((known) => known === value) } })
          }
          data={STATES.map((value) => ({ value, label: t(`list.${value}`) }))}
        />
      </Group>
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && (
        <PageState icon={IconMajor} title={t(`list.none.${state}`)} description={t('list.noneHelp')} />
      )}
      <ul className={classes.list} aria-label={t('list.title')}>
        {rows.map((row) => (
          <li key={row.id}>
            <Paper withBorder radius="md" p="md" bg="var(--steward-surface)">
              <Group justify="space-between" gap="sm">
                <Link to="/agent/incidents/$key/war-room" params={{ key: row.number }} className={classes.headline}>
                  {row.headline}
                </Link>
                {row.next_update_due_at && <Cadence dueAt={row.next_update_due_at} />}
              </Group>
              <Text size="xs" c="dimmed" mt={4}>
                {row.number} · {t('list.declared')} <Time at={row.declared_at} />
                {row.resolved_at && (
                  <>
                    {' · '}
                    {t('list.resolvedAt')} <Time at={row.resolved_at} />
                  </>
                )}
              </Text>
              {row.latest_update && (
                <div className={classes.latest}>
                  <Prose html={row.latest_update.body_html} />
                </div>
              )}
            </Paper>
          </li>
        ))}
      </ul>
    </Container>
  );
}
