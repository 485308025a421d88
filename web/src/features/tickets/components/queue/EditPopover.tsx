import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RowEditor } from './RowEditor';
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
  return (
    <Popover
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position="bottom-start"
      shadow="md"
      trapFocus
      withinPortal
      // Its name would be that of the button it opens from.
      withRoles={false}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p="sm" role="dialog" aria-label={t('queue.changeCell', { field: t(`field.${field}`), number })}>
        <RowEditor number={number} field={field} onClose={onClose} />
      </Popover.Dropdown>
    </Popover>
  );
}
