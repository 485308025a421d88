import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listSuggestionsOptions, type TicketView } from '@/api';
import { StatusBadge } from '../StatusBadge';
import { RelatedSection } from './RelatedSection';
import classes from './related.module.css';

/** Tickets that read alike; nothing is shown while there are none. */
export function Similar({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const { data } = useQuery({
    ...listSuggestionsOptions({ path: { key: ticket.number } }),
    enabled: ticket.kind === 'incident',
    staleTime: 5 * 60_000,
    retry: false,
  });
  const similar = data?.similar ?? [];
  if (similar.length === 0) return null;
  return (
    <RelatedSection title={t('similar.title')} count={similar.length} empty="">
      <ul className={classes.list}>
        {similar.map((other) => (
          <li key={other.id} className={classes.item}>
            <Link
              to="/agent/incidents/$key"
              params={{ key: other.number }}
              className={classes.grow}
              title={`${other.number} ${other.title}`}
            >
              {other.title}
            </Link>
            <StatusBadge status={other.status} />
          </li>
        ))}
      </ul>
    </RelatedSection>
  );
}
