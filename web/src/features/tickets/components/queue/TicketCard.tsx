import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { Time } from '@/ui/time/Time';
import { RowSla } from '../../hooks/use-queue-columns';
import { PriorityMark } from '../PriorityMark';
import { RowPresenceMark } from '../RowPresenceMark';
import { StatusBadge } from '../StatusBadge';
import classes from './queue.module.css';

/** A row of the list on a narrow screen. */
export function TicketCard({ row }: { row: TicketRowView }) {
  const { t } = useTranslation('tickets');
  return (
    <>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {row.number} · <Time at={row.updated_at} />
          </Text>
          <RowPresenceMark id={row.id} />
        </Group>
        <StatusBadge status={row.status} />
      </Group>
      <Link to="/agent/incidents/$key" params={{ key: row.number }} className={classes.cardTitle}>
        {row.title}
      </Link>
      <Group gap="sm" fz="xs" justify="space-between">
        <Group gap="sm">
          <PriorityMark priority={row.priority} />
          <Text span inherit c={row.assignee ? undefined : 'dimmed'}>
            {row.assignee?.name ?? t('nobody')}
          </Text>
        </Group>
        <RowSla row={row} />
      </Group>
    </>
  );
}
