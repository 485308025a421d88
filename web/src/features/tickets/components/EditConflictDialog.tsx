import { useTranslation } from 'react-i18next';
import { editedValue, shownValue } from '../edits';
import type { EditConflict } from '../hooks/use-edit';
import { ConflictDialog } from './ConflictDialog';

interface EditConflictDialogProps {
  conflict: EditConflict | null;
  onClose: () => void;
  onApply: (conflict: EditConflict) => void;
}

/** Two people changed the same field: both values, and the choice. */
export function EditConflictDialog({ conflict, onClose, onApply }: EditConflictDialogProps) {
  const { t } = useTranslation('tickets');
  if (!conflict) return null;
  const { edit, theirs } = conflict;
  return (
    <ConflictDialog
      what={t(`field.${edit.field}`)}
      mine={editedValue(edit) || t('none')}
      theirs={shownValue(theirs, edit.field) || t('none')}
      onClose={onClose}
      onApply={() => onApply(conflict)}
    />
  );
}
