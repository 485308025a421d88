import { Group, Paper, type PaperProps, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface PanelProps extends PaperProps {
  title: string;
  /** What it is for. */
  lead?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** A part of a page with a heading of its own. */
export function Panel({ title, lead, actions, children, ...props }: PanelProps) {
  const id = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      withBorder
      radius="md"
      p="md"
      bg="var(--steward-surface)"
      {...props}
    >
      <Group justify="space-between" gap="sm" mb={lead ? 2 : 'sm'}>
        <Title order={2} fz={15} id={id}>
          {title}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {lead && (
        <Text size="sm" c="dimmed" mb="sm" maw={720}>
          {lead}
        </Text>
      )}
      {children}
    </Paper>
  );
}
