import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import type { RelationTask } from '../../hooks/use-relation-actions';
import { DescriptionForm } from './DescriptionForm';
import { EscalateForm } from './EscalateForm';
import { LinkForm } from './LinkForm';
import { MergeForm } from './MergeForm';
import { SplitForm } from './SplitForm';
import { TaskForm } from './TaskForm';
import { WatcherForm } from './WatcherForm';

interface RelationDialogProps {
  ticket: TicketView;
  task: RelationTask;
  onClose: () => void;
}

/** Asks what is to be hung on a ticket. */
export function RelationDialog({ ticket, task, onClose }: RelationDialogProps) {
  const { t } = useTranslation('tickets');
  const props = { ticket, onClose };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t(`relation.${task.kind}`)}: ${ticket.number}`}
      size={task.kind === 'description' ? 'lg' : 'md'}
      transitionProps={{ duration: 0 }}
    >
      {task.kind === 'link' && <LinkForm {...props} />}
      {task.kind === 'task' && <TaskForm {...props} />}
      {task.kind === 'watcher' && <WatcherForm {...props} />}
      {task.kind === 'merge' && <MergeForm {...props} />}
      {task.kind === 'split' && <SplitForm {...props} commentId={task.commentId} />}
      {task.kind === 'escalate' && <EscalateForm {...props} />}
      {task.kind === 'description' && <DescriptionForm {...props} />}
    </Modal>
  );
}
