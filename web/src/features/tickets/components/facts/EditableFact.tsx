import { Popover, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { IconEdit } from '@/ui/icons';
import classes from '../ticket-pane.module.css';

interface EditableFactProps {
  ticket: TicketView;
  label: string;
  /** The value in words; an empty one says "none". */
  value: string | null | undefined;
  /** Shown in the place of the plain words. */
  children?: ReactNode;
  /** Why it cannot be changed. */
  refusal: string | null;
  /** The form that changes it, in a popover, for the ticket as it stood when the popover opened. */
  editor: (close: () => void, seen: TicketView) => ReactNode;
}

/** One fact that is changed where it stands; one that cannot be changed says why. */
export function EditableFact({ ticket, label, value, children, refusal, editor }: EditableFactProps) {
  const { t } = useTranslation('tickets');
  const [seen, setSeen] = useState<TicketView | null>(null);
  const words = children ?? (value || <Dim>{t('none')}</Dim>);
  const setIsOpen = (isOpen: boolean) => setSeen(isOpen ? ticket : null);
  const close = () => setSeen(null);
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>
        {refusal ? (
          <Refusable reason={refusal}>
            <UnstyledButton className={classes.editable}>{words}</UnstyledButton>
          </Refusable>
        ) : (
          <Popover
            opened={seen !== null}
            onChange={setIsOpen}
            position="bottom-start"
            shadow="md"
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <UnstyledButton
                className={classes.editable}
                aria-label={t('page.editValue', { field: label, value: value || t('none') })}
                onClick={() => setIsOpen(seen === null)}
              >
                {words}
                <IconEdit aria-hidden size={13} className={classes.pencil} />
              </UnstyledButton>
            </Popover.Target>
            <Popover.Dropdown p="sm" aria-label={t('page.edit', { field: label })}>
              {seen && editor(close, seen)}
            </Popover.Dropdown>
          </Popover>
        )}
      </dd>
    </div>
  );
}

function Dim({ children }: { children: string }) {
  return (
    <Text span inherit c="dimmed">
      {children}
    </Text>
  );
}
