import { Anchor, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listDeliveriesOptions, type TicketView } from '@/api';
import { useRights } from '@/features/session/public';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { DeliveryRow } from './DeliveryRow';
import classes from './notifications.module.css';

const ASK_AGAIN_MS = 5_000;

interface ToldDialogProps {
  ticket: Pick<TicketView, 'id' | 'number'>;
  onClose: () => void;
}

/** Who was told of a ticket outside the product, and how it ended. */
export function ToldDialog({ ticket, onClose }: ToldDialogProps) {
  const { t } = useTranslation('notifications');
  const { may } = useRights();
  const log = useQuery({
    ...listDeliveriesOptions({ query: { ticket_id: ticket.id, per_page: 100 } }),
    // What happened a moment ago is written down a moment later.
    refetchInterval: ASK_AGAIN_MS,
  });
  const rows = log.data?.data ?? [];
  return (
    <Modal opened onClose={onClose} size="lg" title={t('told.title', { number: ticket.number })}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('told.lead')}
      </Text>
      {log.isPending && <SkeletonRows rows={3} />}
      {log.isError && <ErrorState error={log.error} onRetry={() => void log.refetch()} />}
      {log.data && rows.length === 0 && <Text size="sm">{t('told.none')}</Text>}
      <ul className={classes.rows}>
        {rows.map((row) => (
          <DeliveryRow key={row.id} delivery={row} isOfOneTicket />
        ))}
      </ul>
      {may('job:manage') && (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/admin/deliveries" search={{ ticket: ticket.id }} {...props} />}
        >
          {t('told.log')}
        </Anchor>
      )}
    </Modal>
  );
}
