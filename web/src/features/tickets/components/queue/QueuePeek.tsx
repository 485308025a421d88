import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { IconClose, IconOpenFull } from '@/ui/icons';
import type { Step } from '../../steps';
import { TicketPeek } from '../TicketPeek';

interface QueuePeekProps {
  number: string;
  onClose: () => void;
  onDone: (ticket: TicketView, step: Step) => void;
}

/** The ticket beside the list, with the ways to its page and back to the list alone. */
export function QueuePeek({ number, onClose, onDone }: QueuePeekProps) {
  const { t } = useTranslation('tickets');
  const corner = (
    <>
      <Tooltip label={t('queue.openFull')}>
        <ActionIcon
          aria-label={t('queue.openFull')}
          renderRoot={(props) => <Link to="/agent/incidents/$key" params={{ key: number }} {...props} />}
        >
          <IconOpenFull aria-hidden size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('queue.closePeek')}>
        <ActionIcon aria-label={t('queue.closePeek')} onClick={onClose}>
          <IconClose aria-hidden size={17} />
        </ActionIcon>
      </Tooltip>
    </>
  );
  return <TicketPeek number={number} corner={corner} onDone={onDone} />;
}
