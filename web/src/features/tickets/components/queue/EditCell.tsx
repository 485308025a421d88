import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { type ReactNode, Suspense, use } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '@/api';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import classes from './queue.module.css';
import { RowEditContext, type RowField } from './row-edit';

const EditPopover = lazyComponent(() => import('./EditPopover').then((module) => module.EditPopover));

interface EditCellProps {
  row: TicketRowView;
  field: RowField;
  children: ReactNode;
}

/** A value of a row that is changed where it stands. */
export function EditCell({ row, field, children }: EditCellProps) {
  const { t } = useTranslation('tickets');
  const { editing, begin, end } = use(RowEditContext);
  const isEditing = editing?.number === row.number && editing.field === field;
  const button = (
    <UnstyledButton
      className={classes.cell}
      tabIndex={-1}
      aria-haspopup="dialog"
      aria-expanded={isEditing}
      onClick={() => (isEditing ? end() : begin(row.number, field))}
    >
      {children}
      <VisuallyHidden>{t('queue.changeCell', { field: t(`field.${field}`), number: row.number })}</VisuallyHidden>
    </UnstyledButton>
  );
  if (!isEditing) return button;
  return (
    <Suspense fallback={button}>
      <EditPopover number={row.number} field={field} onClose={end}>
        {button}
      </EditPopover>
    </Suspense>
  );
}
