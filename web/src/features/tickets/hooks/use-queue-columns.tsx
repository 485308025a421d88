import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { IconMajor } from '@/ui/icons';
import { Time } from '@/ui/time/Time';
import { useNow } from '@/ui/time/use-now';
import { PriorityMark } from '../components/PriorityMark';
import { EditCell } from '../components/queue/EditCell';
import classes from '../components/queue/queue.module.css';
import { RowPresenceMark } from '../components/RowPresenceMark';
import { StatusBadge } from '../components/StatusBadge';
import { SlaMark } from '../components/sla/SlaMark';
import type { ColumnName } from '../queue-columns';
import { mostUrgent } from '../sla';

const column = columnsFor<TicketRowView>();

/** Widths, and which column goes first where room is short. */
const SIZES: Record<ColumnName, [size: number, dropOrder: number]> = {
  number: [112, 0],
  title: [280, 0],
  status: [138, 0],
  priority: [108, 1],
  sla: [182, 1],
  assignee: [138, 2],
  requester: [130, 4],
  team: [120, 5],
  kind: [92, 6],
  created_at: [116, 7],
  updated_at: [116, 3],
};

const SORT_KEYS: Partial<Record<ColumnName, string>> = {
  number: 'number',
  priority: 'priority',
  sla: 'next_breach_at',
  created_at: 'created_at',
  updated_at: 'updated_at',
};

/** The columns of the queue. A plain click on a title opens the split view, any other click the page. */
export function useQueueColumns(names: readonly ColumnName[], onOpen: (row: TicketRowView) => void) {
  const { t } = useTranslation('tickets');
  const cells = useMemo(() => cellsOf(t('nobody'), t('major.mark'), onOpen), [t, onOpen]);
  return useMemo(
    () =>
      column.columns(
        names.map((name) => {
          const [size, dropOrder] = SIZES[name];
          const label = t(`field.${name}`);
          return column.display({
            id: name,
            header: label,
            size,
            meta: { label, dropOrder, sortKey: SORT_KEYS[name], isGrowing: name === 'title' },
            cell: ({ row }) => cells[name](row.original),
          });
        }),
      ),
    [names, cells, t],
  );
}

function cellsOf(
  nobody: string,
  major: string,
  onOpen: (row: TicketRowView) => void,
): Record<ColumnName, (row: TicketRowView) => React.ReactNode> {
  return {
    number: (row) => (
      <Text span inherit c="dimmed">
        {row.number}
      </Text>
    ),
    title: (row) => (
      <span className={classes.titleCell}>
        {row.is_major && <IconMajor size={14} aria-label={major} className={classes.major} />}
        <Link
          to="/agent/incidents/$key"
          params={{ key: row.number }}
          className={classes.titleLink}
          tabIndex={-1}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            onOpen(row);
          }}
        >
          {row.title}
        </Link>
        <RowPresenceMark id={row.id} />
      </span>
    ),
    status: (row) => (
      <EditCell row={row} field="status">
        <StatusBadge status={row.status} />
      </EditCell>
    ),
    priority: (row) => (
      <EditCell row={row} field="priority">
        <PriorityMark priority={row.priority} />
      </EditCell>
    ),
    assignee: (row) => (
      <EditCell row={row} field="assignee">
        {row.assignee?.name ?? (
          <Text span inherit c="dimmed">
            {nobody}
          </Text>
        )}
      </EditCell>
    ),
    sla: (row) => <RowSla row={row} />,
    requester: (row) => row.requester.name,
    team: (row) => row.team?.name ?? '',
    kind: (row) => <KindWord kind={row.kind} />,
    created_at: (row) => <Time at={row.created_at} />,
    updated_at: (row) => <Time at={row.updated_at} />,
  };
}

const KINDS = ['incident', 'request', 'problem', 'change', 'task'] as const;

/** The clock of a row that someone should look at first. */
export function RowSla({ row }: { row: TicketRowView }) {
  const now = useNow();
  const chip = mostUrgent(row.sla, now);
  return chip && <SlaMark chip={chip} />;
}

function KindWord({ kind }: { kind: string }) {
  const { t } = useTranslation('tickets');
  const known = KINDS.find((word) => word === kind);
  return known ? t(`kind.${known}`) : kind;
}
