import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TicketRowView } from '@/api';
import { Time } from '@/ui/time/Time';
import { PriorityMark } from './PriorityMark';
import { StatusBadge } from './StatusBadge';
import classes from './ticket-lines.module.css';

/** A short list of tickets, one line each. */
export function TicketLines({ rows, label }: { rows: readonly TicketRowView[]; label: string }) {
  return (
    <ul className={classes.lines} aria-label={label}>
      {rows.map((row) => (
        <li key={row.id} className={classes.line}>
          <Link to="/agent/incidents/$key" params={{ key: row.number }} className={classes.link}>
            <Text span size="xs" c="dimmed" className={classes.number}>
              {row.number}
            </Text>
            <span className={classes.title}>{row.title}</span>
          </Link>
          <Group gap="md" wrap="nowrap" fz={13} className={classes.facts}>
            <span className={classes.priority}>
              <PriorityMark priority={row.priority} />
            </span>
            <span className={classes.status}>
              <StatusBadge status={row.status} />
            </span>
            <Text span size="xs" c="dimmed" w={96} ta="end">
              <Time at={row.updated_at} />
            </Text>
          </Group>
        </li>
      ))}
    </ul>
  );
}
