import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useChildren } from '../../hooks/use-related';
import { RelatedSection } from './RelatedSection';
import classes from './related.module.css';
import { TicketLine } from './TicketLine';

/** Tickets that are parts of this one; nothing is shown while there are none. */
export function Children({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const query = useChildren(ticket.number);
  const children = query.data?.data ?? [];
  if (children.length === 0) return null;
  return (
    <RelatedSection title={t('links.children')} count={query.data?.pagination.total} empty="">
      <ul className={classes.list}>
        {children.map((child) => (
          <TicketLine key={child.id} row={child} />
        ))}
      </ul>
    </RelatedSection>
  );
}
