import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { toCsv } from '@/lib/csv';
import { isPriority, isStatus } from '../model';
import type { ColumnName } from '../queue-columns';
import { mostUrgent } from '../sla';

/** Puts rows on the clipboard as CSV, with the columns that are shown. */
export function useCopyRows() {
  const { t } = useTranslation('tickets');
  return useCallback(
    async (rows: readonly TicketRowView[], columns: readonly ColumnName[]) => {
      const text = (row: TicketRowView, name: ColumnName): string => {
        if (name === 'status') return isStatus(row.status) ? t(`status.${row.status}`) : row.status;
        if (name === 'priority') return isPriority(row.priority) ? t(`priority.${row.priority}`) : row.priority;
        if (name === 'assignee' || name === 'requester' || name === 'team') return row[name]?.name ?? '';
        if (name === 'sla') return mostUrgent(row.sla, Date.now())?.due_at ?? '';
        return row[name];
      };
      const head = columns.map((name) => t(`field.${name}`));
      const csv = toCsv(
        head,
        rows.map((row) => columns.map((name) => text(row, name))),
      );
      try {
        await navigator.clipboard.writeText(csv);
        notifications.show({ color: 'teal', message: t('queue.copied', { count: rows.length }) });
      } catch {
        notifications.show({ color: 'red', message: t('queue.notCopied') });
      }
    },
    [t],
  );
}
