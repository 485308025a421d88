import { ActionIcon, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconPlus } from '@/ui/icons';
import classes from './related.module.css';

interface RelatedSectionProps {
  title: string;
  count?: number;
  /** Name of the button that adds one; without it nothing can be added. */
  addLabel?: string;
  onAdd?: () => void;
  /** Said while there is nothing. */
  empty: string;
  /** Shown below, whether there is something or not. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** One kind of thing that hangs on a ticket. */
export function RelatedSection({ title, count = 0, addLabel, onAdd, empty, footer, children }: RelatedSectionProps) {
  return (
    <section aria-label={title} className={classes.section}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} fz={13}>
          {title}{' '}
          {count > 0 && (
            <Text span inherit c="dimmed" fw={400}>
              {count}
            </Text>
          )}
        </Title>
        {onAdd && (
          <ActionIcon size={24} aria-label={addLabel} title={addLabel} onClick={onAdd} className="no-print">
            <IconPlus aria-hidden size={15} />
          </ActionIcon>
        )}
      </Group>
      {count > 0 ? (
        children
      ) : (
        <Text size="xs" c="dimmed">
          {empty}
        </Text>
      )}
      {footer}
    </section>
  );
}
