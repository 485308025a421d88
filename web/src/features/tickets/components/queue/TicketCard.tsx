import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TicketRowView } from '@/api';
import { Time } from '@/ui/time/Time';
import { PriorityMark } from '../PriorityMark';
import { StatusBadge } from '../StatusBadge';
import classes from './queue.module.css';

/** A row of the list on a narrow screen. */
export function TicketCard({ row }: { row: TicketRowView }) {
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
