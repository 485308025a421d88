import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconCheck } from '@/ui/icons';
import classes from './setup.module.css';

interface StepProps {
  number: number;
  title: string;
  help: string;
  /** What was done; then nothing is left to do here. */
  done?: string | null;
  children?: ReactNode;
}

/** One step of the list: what it is, then what came of it. */
export function Step({ number, title, help, done, children }: StepProps) {
  return (
    <li className={classes.step} data-done={done ? true : undefined}>
      <span className={classes.number} aria-hidden>
        {done ? <IconCheck size={18} /> : number}
      </span>
      <div>
        <Title order={2} fz={17}>
          {title}
        </Title>
        <Text size="sm" c="dimmed" role={done ? 'status' : undefined} mb={children ? 'sm' : 0}>
          {done ?? help}
        </Text>
        {children}
      </div>
    </li>
  );
}
