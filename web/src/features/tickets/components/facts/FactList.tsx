import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../ticket-pane.module.css';

interface FactListProps {
  /** All of them are needed now, as one further down is being changed. */
  isWhole: boolean;
  children: ReactNode;
}

/** Facts in columns; where room is short the first few, and the others on demand. */
export function FactList({ isWhole, children }: FactListProps) {
  const { t } = useTranslation('tickets');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <dl className={classes.facts} data-whole={isWhole || isOpen || undefined}>
        {children}
      </dl>
      <Button
        variant="subtle"
        size="compact-xs"
        mt={4}
        className={classes.moreFacts}
        aria-expanded={isOpen}
        onClick={() => setIsOpen((before) => !before)}
      >
        {t(isOpen ? 'page.fewerFacts' : 'page.moreFacts')}
      </Button>
    </>
  );
}
