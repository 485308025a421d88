import type { ReactNode } from 'react';
import type { TicketView } from '@/api';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useTicket } from '../hooks/use-ticket';
import type { Step } from '../steps';
import { TicketPane } from './TicketPane';

interface TicketPeekProps {
  number: string;
  lead?: ReactNode;
  corner?: ReactNode;
  isPage?: boolean;
  onDone?: (ticket: TicketView, step: Step) => void;
}

/** A ticket by its number: loading, failed or there. */
export function TicketPeek({ number, lead, corner, isPage = false, onDone }: TicketPeekProps) {
  const ticket = useTicket(number);
  if (ticket.data)
    return <TicketPane ticket={ticket.data} isPage={isPage} lead={lead} corner={corner} onDone={onDone} />;
  if (ticket.isError) return <ErrorState error={ticket.error} onRetry={() => void ticket.refetch()} isPage={isPage} />;
  return <SkeletonRows />;
}
