import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { isAllowed } from '@/features/tickets/public';
import { ReasonDialog } from './ReasonDialog';

/** The way out for who does not need it any more. */
export function CancelRequest({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('portal');
  const [isAsking, setIsAsking] = useState(false);
  if (!isAllowed(ticket, 'cancel')) return null;
  return (
    <div>
      <Button size="sm" variant="default" onClick={() => setIsAsking(true)}>
        {t('request.cancel')}
      </Button>
      <ReasonDialog ticket={ticket} verb="cancel" isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </div>
  );
}
