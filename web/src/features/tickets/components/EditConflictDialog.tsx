import { useTranslation } from 'react-i18next';
import { editedValue, replacedValue } from '../edits';
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
      what={edit.field === 'custom_field' ? edit.label : t(`field.${edit.field}`)}
      mine={editedValue(edit) || t('none')}
      theirs={replacedValue(theirs, edit) || t('none')}
      onClose={onClose}
      onApply={() => onApply(conflict)}
    />
  );
}
