import { useEffect, useRef, useState } from 'react';
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
  const content = useRef<HTMLDivElement>(null);
  const isThere = query.data !== undefined;
  // The content comes after the popover, so it takes the focus itself.
  useEffect(() => {
    if (!isThere) return;
    const first = content.current?.querySelector<HTMLElement>(
      '[data-autofocus] input:checked, input[data-autofocus], button[data-autofocus]',
    );
    first?.focus();
  }, [isThere]);
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const ticket = seen ?? query.data;
  if (!ticket) return <SkeletonRows rows={3} />;
  return (
    <div ref={content}>
      {field === 'assignee' && <AssigneePicker ticket={ticket} onClose={onClose} />}
      {field === 'priority' && <PriorityPicker ticket={query.data ?? ticket} onClose={onClose} />}
      {field === 'status' && <StepPicker ticket={ticket} onClose={onClose} />}
    </div>
  );
}
