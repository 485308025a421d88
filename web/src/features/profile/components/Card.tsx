import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './profile.module.css';

interface CardProps {
  title: string;
  lead?: ReactNode;
  /** What can be done with the whole of it. */
  action?: ReactNode;
  children?: ReactNode;
}

/** One subject of the profile. */
export function Card({ title, lead, action, children }: CardProps) {
  return (
    <section className={classes.card} aria-label={title}>
      <Group justify="space-between" align="start" mb={children ? 'md' : 0}>
        <div style={{ flex: '1 1 220px' }}>
          <Title order={2} fz={17}>
            {title}
          </Title>
          {lead && (
            <Text size="sm" c="dimmed" mt={2}>
              {lead}
            </Text>
          )}
        </div>
        {action}
      </Group>
      {children}
    </section>
  );
}
