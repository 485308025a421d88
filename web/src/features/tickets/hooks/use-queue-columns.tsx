import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { Time } from '@/ui/time/Time';
import { PriorityMark } from '../components/PriorityMark';
import classes from '../components/queue.module.css';
import { StatusBadge } from '../components/StatusBadge';

const column = columnsFor<TicketRowView>();

/** The columns of the queue. A plain click on a title opens the split view, any other click the page. */
export function useQueueColumns(onOpen: (row: TicketRowView) => void) {
  const { t } = useTranslation('tickets');
  return useMemo(() => {
    const head = (
      field: 'number' | 'title' | 'status' | 'priority' | 'requester' | 'assignee' | 'team' | 'updated_at',
    ) => ({
      id: field,
      header: t(`field.${field}`),
    });
    const label = (field: Parameters<typeof head>[0]) => t(`field.${field}`);
    return column.columns([
      column.display({
        ...head('number'),
        size: 112,
        meta: { label: label('number') },
        cell: ({ row }) => (
          <Text span inherit c="dimmed">
            {row.original.number}
          </Text>
        ),
      }),
      column.display({
        ...head('title'),
        size: 280,
        meta: { label: label('title'), isGrowing: true },
        cell: ({ row }) => (
          <Link
            to="/agent/incidents/$key"
            params={{ key: row.original.number }}
            className={classes.titleLink}
            tabIndex={-1}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
              event.preventDefault();
              onOpen(row.original);
            }}
          >
            {row.original.title}
          </Link>
        ),
      }),
      column.display({
        ...head('status'),
        size: 130,
        meta: { label: label('status') },
        cell: ({ row }) => <StatusBadge status={row.original.status} />,
      }),
      column.display({
        ...head('priority'),
        size: 100,
        meta: { label: label('priority'), dropOrder: 1 },
        cell: ({ row }) => <PriorityMark priority={row.original.priority} />,
      }),
      column.display({
        ...head('assignee'),
        size: 130,
        meta: { label: label('assignee'), dropOrder: 2 },
        cell: ({ row }) =>
          row.original.assignee?.name ?? (
            <Text span inherit c="dimmed">
              {t('nobody')}
            </Text>
          ),
      }),
      column.display({
        ...head('requester'),
        size: 130,
        meta: { label: label('requester'), dropOrder: 4 },
        cell: ({ row }) => row.original.requester.name,
      }),
      column.display({
        ...head('team'),
        size: 120,
        meta: { label: label('team'), dropOrder: 5 },
        cell: ({ row }) => row.original.team?.name ?? '',
      }),
      column.display({
        ...head('updated_at'),
        size: 116,
        meta: { label: label('updated_at'), dropOrder: 3 },
        cell: ({ row }) => <Time at={row.original.updated_at} />,
      }),
    ]);
  }, [t, onOpen]);
}
