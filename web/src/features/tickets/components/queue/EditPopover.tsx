import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RowEditor } from './RowEditor';
import { RowPopover } from './RowPopover';
import type { RowField } from './row-edit';

interface EditPopoverProps {
  number: string;
  field: RowField;
  onClose: () => void;
  /** The cell that is being changed. */
  children: ReactNode;
}

/** The form of a cell, beside it. */
export function EditPopover({ number, field, onClose, children }: EditPopoverProps) {
  const { t } = useTranslation('tickets');
  const label = t('queue.changeCell', { field: t(`field.${field}`), number });
  return (
    <RowPopover label={label} position="bottom-start" p="sm" onClose={onClose} target={children}>
      <RowEditor number={number} field={field} onClose={onClose} />
    </RowPopover>
  );
}
