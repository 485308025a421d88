import { Badge, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countJobsOptions, discardJob, type JobView, listJobs, operation, retryJob, retryJobs } from '@/api';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { IconJobs, IconReopen } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import type { JobSearch } from '../schemas';
import { JobRow } from './JobRow';
import classes from './operations.module.css';

/** Background work: what was given up and can be tried again, and what waits. */
export function JobsPage({ search }: { search: JobSearch }) {
  const { t } = useTranslation(['admin', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [dropped, setDropped] = useState<JobView | null>(null);
  const state = search.job_state ?? 'dead';
  const counts = useQuery(countJobsOptions());
  const jobs = useInfiniteQuery({
    queryKey: [{ _id: 'listJobs' as const, state, kind: search.job_kind }],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      (await listJobs({ query: { state, kind: search.job_kind, per_page: 50, cursor: pageParam || undefined } })).data,
    getNextPageParam: (page) => page.next_cursor,
  });
  const rows = jobs.data?.pages.flatMap((page) => page.data) ?? [];
  const of = (which: string) =>
    (counts.data?.data ?? []).filter((row) => row.state === which).reduce((sum, row) => sum + row.count, 0);
  const kinds = [...new Set((counts.data?.data ?? []).map((row) => row.kind))].toSorted();
  const refresh = async () => {
    for (const name of ['listJobs', 'countJobs', 'getSystemHealth']) {
      await client.invalidateQueries({ queryKey: operation(name) });
    }
  };
  const set = (change: JobSearch) => void navigate({ to: '/admin/jobs', search: { ...search, ...change } });
  const retry = (job: JobView) => {
    retryJob({ path: { id: job.id } })
      .then(refresh)
      .then(() => notifications.show({ message: t('jobs.retried', { count: 1 }), color: 'teal' }))
      .catch(notifyProblem);
  };
  const retryAll = () => {
    retryJobs({ body: { kind: search.job_kind } })
      .then(async ({ data }) => {
        await refresh();
        notifications.show({ message: t('jobs.retried', { count: data.retried }), color: 'teal' });
      })
      .catch(notifyProblem);
  };
  return (
    <div className={classes.page}>
      <PageHead
        title={t('jobs.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('jobs.lead')}
      >
        {state === 'dead' && rows.length > 0 && (
          <Button leftSection={<IconReopen aria-hidden size={15} />} onClick={retryAll}>
            {t('jobs.retryAll')}
          </Button>
        )}
      </PageHead>
      <Group gap="xs">
        <SegmentedControl
          aria-label={t('jobs.state')}
          value={state}
          onChange={(value) => set({ job_state: value === 'ready' ? 'ready' : undefined })}
          data={[
            { value: 'dead', label: t('jobs.dead', { count: of('dead') }) },
            { value: 'ready', label: t('jobs.ready', { count: of('ready') }) },
          ]}
        />
        <FilterMenu
          label={t('jobs.kind')}
          isSingle
          choices={kinds.map((kind) => ({ value: kind, label: kind }))}
          value={search.job_kind ? [search.job_kind] : []}
          onChange={([kind]) => set({ job_kind: kind })}
        />
      </Group>
      {jobs.isPending && <SkeletonRows />}
      {jobs.isError && <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {jobs.data && rows.length === 0 && (
        <PageState
          icon={IconJobs}
          title={t(state === 'dead' ? 'jobs.noneDead' : 'jobs.noneReady')}
          description={t(state === 'dead' ? 'jobs.noneDeadHelp' : 'jobs.noneReadyHelp')}
        />
      )}
      {rows.length > 0 && (
        <Panel title={t(state === 'dead' ? 'jobs.deadTitle' : 'jobs.readyTitle')}>
          <ul className={classes.rows}>
            {rows.map((job) => (
              <JobRow key={job.id} job={job} onRetry={() => retry(job)} onDiscard={() => setDropped(job)} />
            ))}
          </ul>
          {jobs.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={jobs.isFetchingNextPage}
              onClick={() => void jobs.fetchNextPage()}
            >
              {t('common:table.more')}
            </Button>
          )}
        </Panel>
      )}
      <ConfirmDialog
        isOpen={dropped !== null}
        title={t('jobs.discardTitle')}
        confirm={t('jobs.discard')}
        isDangerous
        onConfirm={async () => {
          if (!dropped) return;
          await discardJob({ path: { id: dropped.id } });
          await refresh();
        }}
        onClose={() => setDropped(null)}
      >
        <Text size="sm">{t('jobs.discardHelp', { kind: dropped?.kind ?? '' })}</Text>
        {dropped?.last_error && <Badge color="red">{dropped.kind}</Badge>}
      </ConfirmDialog>
    </div>
  );
}
