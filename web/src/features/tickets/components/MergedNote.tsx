import { Alert, Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type TicketView, unmergeTicket } from '@/api';
import { useRelatedChange } from '../hooks/use-related';
import { isAllowed } from '../model';

/** A ticket that lives on in another: where, and the way back. */
export function MergedNote({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const unmerge = useRelatedChange(() => unmergeTicket({ path: { key: ticket.number } }));
  const into = ticket.merged_into;
  if (!into) return null;
  return (
    <Alert color="blue" mx="md" mt="sm" className="no-print">
      <Group justify="space-between" gap="xs">
        <span>
          {t('merge.isIn')}{' '}
          <Link to="/agent/incidents/$key" params={{ key: into.number }}>
            {into.number} {into.title}
          </Link>
        </span>
        {isAllowed(ticket, 'reopen') && (
          <Button variant="default" loading={unmerge.isPending} onClick={() => unmerge.mutate(undefined)}>
            {t('merge.undo')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
