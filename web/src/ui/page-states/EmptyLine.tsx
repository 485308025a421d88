import { Group, Text } from '@mantine/core';
import type { LucideIcon } from '../icons';

interface EmptyLineProps {
  icon: LucideIcon;
  title: string;
  description: string;
}

/** Nothing here, in a line: several empty parts of a page must not fill the screen. */
export function EmptyLine({ icon: Icon, title, description }: EmptyLineProps) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" px="md" py="sm" data-page-state>
      <Icon aria-hidden size={18} style={{ flex: 'none', marginBlockStart: 2 }} color="var(--mantine-color-dimmed)" />
      <Text size="sm">
        <Text span inherit fw={550}>
          {title}
        </Text>{' '}
        <Text span inherit c="dimmed">
          {description}
        </Text>
      </Text>
    </Group>
  );
}
