import { useTranslation } from 'react-i18next';
import type { AssignConflict } from '../hooks/use-step';
import { ConflictDialog } from './ConflictDialog';

interface AssignConflictDialogProps {
  conflict: AssignConflict | null;
  onClose: () => void;
  onApply: (conflict: AssignConflict) => void;
}

/** Someone else gave the ticket away meanwhile: to whom, and the choice. */
export function AssignConflictDialog({ conflict, onClose, onApply }: AssignConflictDialogProps) {
  const { t } = useTranslation('tickets');
  if (conflict?.step.verb !== 'assign') return null;
  const { step, theirs } = conflict;
  const names = (assignee?: { name: string } | null, team?: { name: string } | null) =>
    [assignee?.name, team?.name].filter(Boolean).join(' · ') || t('nobody');
  return (
    <ConflictDialog
      what={t('field.assignee')}
      mine={names(step.assignee, step.team)}
      theirs={names(theirs.assignee, theirs.team)}
      onClose={onClose}
      onApply={() => onApply(conflict)}
    />
  );
}
