import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IconBack } from '@/ui/icons';
import classes from './queue/queue.module.css';
import { TicketPeek } from './TicketPeek';

/** A ticket on a page of its own. */
export function TicketPage({ number }: { number: string }) {
  const { t } = useTranslation('tickets');
  const lead = (
    <Tooltip label={t('page.back')}>
      <ActionIcon
        ms={-6}
        className="no-print"
        aria-label={t('page.back')}
        renderRoot={(props) => <Link to="/agent/tickets" {...props} />}
      >
        <IconBack aria-hidden size={17} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={classes.page}>
      <div className={classes.queue}>
        <TicketPeek key={number} number={number} isPage lead={lead} />
      </div>
    </div>
  );
}
