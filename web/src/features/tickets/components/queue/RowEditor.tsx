import { useState } from 'react';
import type { TicketView } from '@/api';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useTicket } from '../../hooks/use-ticket';
import { AssigneePicker } from './AssigneePicker';
import { PriorityPicker } from './PriorityPicker';
import type { RowField } from './row-edit';
import { StepPicker } from './StepPicker';

interface RowEditorProps {
  number: string;
  field: RowField;
  onClose: () => void;
}

/** Changes one value of a ticket; what is possible comes from the ticket itself. */
export function RowEditor({ number, field, onClose }: RowEditorProps) {
  const query = useTicket(number);
  // The version that is changed is the one that was seen when it began.
  const [seen, setSeen] = useState<TicketView | null>(null);
  if (query.data && !seen) setSeen(query.data);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const ticket = seen ?? query.data;
  if (!ticket) return <SkeletonRows rows={3} />;
  if (field === 'assignee') return <AssigneePicker ticket={ticket} onClose={onClose} />;
  if (field === 'priority') return <PriorityPicker ticket={query.data ?? ticket} onClose={onClose} />;
  return <StepPicker ticket={ticket} onClose={onClose} />;
}
