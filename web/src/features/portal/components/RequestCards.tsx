import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { StatusBadge } from '@/features/tickets/public';
import { Time } from '@/ui/time/Time';
import classes from './request-cards.module.css';

/** Someone's requests, each a large target with its status in plain words. */
export function RequestCards({ rows, label }: { rows: readonly TicketRowView[]; label: string }) {
  const { t } = useTranslation('portal');
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/portal/requests/$key" params={{ key: row.number }} className={classes.card}>
            <span className={classes.text}>
              <span className={classes.title}>{row.title}</span>
              <Text span size="sm" c="dimmed">
                {row.number} · {t('requests.updated')} <Time at={row.updated_at} />
              </Text>
            </span>
            <StatusBadge status={row.status} isPortal />
          </Link>
        </li>
      ))}
    </ul>
  );
}
