import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TicketRowView } from '@/api';
import { StatusBadge } from '../StatusBadge';
import classes from './related.module.css';

/** Another ticket on one narrow line. */
export function TicketLine({ row, children }: { row: TicketRowView; children?: ReactNode }) {
  return (
    <li className={classes.item}>
      <Link
        to="/agent/incidents/$key"
        params={{ key: row.number }}
        className={classes.grow}
        title={`${row.number} ${row.title}`}
      >
        {row.title}
      </Link>
      <StatusBadge status={row.status} />
      {children}
    </li>
  );
}
