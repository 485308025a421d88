import { Button, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconCheck } from '@/ui/icons';
import classes from './setup.module.css';

interface StepProps {
  /** Leads here in an address, after `#`. */
  id?: string;
  number: number;
  title: string;
  help: string;
  /** What was done; then nothing is left to do here. */
  done?: string | null;
  /** What follows from leaving it for later, while it is left. */
  left?: string | null;
  /** Takes it up again. */
  onTakeUp?: () => void;
  children?: ReactNode;
}

/** One step of the list: what it is, then what came of it. */
export function Step({ id, number, title, help, done, left, onTakeUp, children }: StepProps) {
  const { t } = useTranslation('setup');
  const said = done ?? left;
  return (
    <li id={id} className={classes.step} data-done={done ? true : undefined}>
      <span className={classes.number} aria-hidden>
        {done ? <IconCheck size={18} /> : number}
      </span>
      <div>
        <Title order={2} fz={17}>
          {title}
        </Title>
        <Text size="sm" c="dimmed" role={said ? 'status' : undefined} mb={children || left ? 'sm' : 0}>
          {said ?? help}
        </Text>
        {left ? (
          <Button size="sm" variant="default" aria-label={`${t('first.now')}: ${title}`} onClick={onTakeUp}>
            {t('first.now')}
          </Button>
        ) : (
          children
        )}
      </div>
    </li>
  );
}
