import { ActionIcon, Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationActions } from '@/api';
import { LookOnly } from '@/ui/action/LookOnly';
import { IconClose } from '@/ui/icons';
import { COLUMNS, isDone, withDone } from '../escalation';
import classes from './sla.module.css';

interface EscalationRowProps {
  name: string;
  /** None where the row is switched off. */
  actions: EscalationActions | null;
  onChange: (actions: EscalationActions) => void;
  onRemove?: () => void;
  isReadOnly: boolean;
  children: ReactNode;
}

/** When something is done, and a box for each action. */
export function EscalationRow({ name, actions, onChange, onRemove, isReadOnly, children }: EscalationRowProps) {
  const { t } = useTranslation('sla');
  return (
    <tr>
      <th scope="row">
        <div className={classes.when}>{children}</div>
      </th>
      {COLUMNS.map((column) => (
        <td key={column} data-label={t(`escalation.${column}`)} data-off={!actions || undefined}>
          {actions && (
            <LookOnly isReadOnly={isReadOnly}>
              <Checkbox
                aria-label={`${name}: ${t(`escalation.${column}`)}`}
                checked={isDone(actions, column)}
                onChange={(event) => onChange(withDone(actions, column, event.currentTarget.checked))}
              />
            </LookOnly>
          )}
        </td>
      ))}
      <td>
        {onRemove && !isReadOnly && (
          <ActionIcon variant="subtle" aria-label={t('escalation.remove', { name })} onClick={onRemove}>
            <IconClose aria-hidden size={14} />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}
