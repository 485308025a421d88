import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconCritical, IconHigh, IconLow, IconMedium, type LucideIcon } from '@/ui/icons';
import { isPriority, type Priority } from '../model';

const LOOKS: Record<Priority, { icon: LucideIcon; color: string }> = {
  critical: { icon: IconCritical, color: 'red' },
  high: { icon: IconHigh, color: 'orange' },
  medium: { icon: IconMedium, color: 'gray' },
  low: { icon: IconLow, color: 'gray' },
};

/** A priority by shape and word. */
export function PriorityMark({ priority }: { priority: string }) {
  const { t } = useTranslation('tickets');
  if (!isPriority(priority)) return <Text size="sm">{priority}</Text>;
  const { icon: Icon, color } = LOOKS[priority];
  return (
    <Group gap={6} wrap="nowrap" component="span">
      <Icon aria-hidden size={15} color={`var(--mantine-color-${color}-light-color)`} />
      <Text span inherit fw={priority === 'critical' ? 650 : undefined}>
        {t(`priority.${priority}`)}
      </Text>
    </Group>
  );
}
