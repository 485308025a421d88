import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { resolveTicket, startTicket, type TicketRowView, type TicketView } from '@/api';
import { IconCheck } from '@/ui/icons';
import { useRelatedChange, useTasks } from '../../hooks/use-related';
import { actionFor } from '../../model';
import { RelatedSection } from './RelatedSection';
import classes from './related.module.css';
import { TicketLine } from './TicketLine';

const OVER = new Set(['resolved', 'closed', 'cancelled']);

/** What must be done for a ticket, one by one. */
export function Tasks({ ticket, onAdd }: { ticket: TicketView; onAdd: () => void }) {
  const { t } = useTranslation('tickets');
  const tasks = useTasks(ticket.number).data?.data ?? [];
  const finish = useRelatedChange(async (task: TicketRowView) => {
    const path = { key: task.number };
    if (task.status !== 'in_progress') await startTicket({ path, body: {} });
    await resolveTicket({ path, body: { resolution_code: 'solved', resolution_note: t('tasks.note') } });
  });
  return (
    <RelatedSection
      title={t('tasks.title')}
      count={tasks.length}
      addLabel={t('tasks.add')}
      onAdd={actionFor(ticket, 'add_task')?.allowed ? onAdd : undefined}
      empty={t('tasks.empty')}
    >
      <ul className={classes.list}>
        {tasks.map((task) => (
          <TicketLine key={task.id} row={task}>
            {!OVER.has(task.status) && (
              <ActionIcon
                size={24}
                className="no-print"
                aria-label={t('tasks.finish', { title: task.title })}
                title={t('tasks.finish', { title: task.title })}
                loading={finish.isPending && finish.variables?.id === task.id}
                onClick={() => finish.mutate(task)}
              >
                <IconCheck aria-hidden size={15} />
              </ActionIcon>
            )}
          </TicketLine>
        ))}
      </ul>
    </RelatedSection>
  );
}
