import { Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { DataTable } from '@/ui/data-table/DataTable';
import { IconCheck } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import type { useQueue } from '../hooks/use-queue';
import { useQueueColumns } from '../hooks/use-queue-columns';
import { PRESETS, type QueueSearch } from '../schemas';
import { PriorityMark } from './PriorityMark';
import { QueueFilters } from './QueueFilters';
import classes from './queue.module.css';
import { StatusBadge } from './StatusBadge';

interface QueueProps {
  search: QueueSearch;
  queue: ReturnType<typeof useQueue>;
  onOpen: (row: TicketRowView) => void;
}

const rowId = (row: TicketRowView) => row.number;

/** The list of tickets with its filters. */
export function Queue({ search, queue, onOpen }: QueueProps) {
  const { t } = useTranslation('tickets');
  const [cursor, setCursor] = useState<string | null>(search.peek ?? null);
  const columns = useQueueColumns(onOpen);
  const { peek } = search;
  useEffect(() => {
    if (peek) setCursor(peek);
  }, [peek]);
  const label = useMemo(() => t('queue.title'), [t]);

  return (
    <div className={classes.queue}>
      <div className={classes.bar}>
        <Group gap="sm" align="baseline">
          <PageTitle>{label}</PageTitle>
          <Text size="sm" c="dimmed" role="status">
            {queue.isSuccess && t('queue.count', { count: queue.total })}
          </Text>
        </Group>
        <QueueFilters search={search} />
      </div>
      {queue.isPending && <SkeletonRows rows={12} />}
      {queue.isError && !queue.data && <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.data && queue.rows.length === 0 && (
        <PageState icon={IconCheck} title={t('queue.empty')} description={t('queue.emptyHelp')}>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/agent/tickets" search={PRESETS.everything} {...props} />}
          >
            {t('queue.clear')}
          </Button>
        </PageState>
      )}
      {queue.rows.length > 0 && (
        <DataTable
          label={label}
          columns={columns}
          rows={queue.rows}
          total={queue.total}
          getRowId={rowId}
          getRowLabel={(row) => `${row.number}, ${row.title}`}
          cursor={cursor}
          onCursor={setCursor}
          onOpen={onOpen}
          hasMore={queue.hasNextPage}
          onMore={queue.loadMore}
          renderCard={(row) => <TicketCard row={row} />}
        />
      )}
    </div>
  );
}

function TicketCard({ row }: { row: TicketRowView }) {
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {row.number} · <Time at={row.updated_at} />
        </Text>
        <StatusBadge status={row.status} />
      </Group>
      <Link to="/agent/incidents/$key" params={{ key: row.number }} className={classes.cardTitle}>
        {row.title}
      </Link>
      <Group gap="sm" fz="xs">
        <PriorityMark priority={row.priority} />
        <span>{row.assignee?.name ?? '–'}</span>
      </Group>
    </>
  );
}
