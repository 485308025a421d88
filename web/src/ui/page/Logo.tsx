import { Group, Text } from '@mantine/core';

/** Mark and name. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <Group gap={size / 3} wrap="nowrap">
      <img src="/favicon.svg" width={size} height={size} alt="" />
      <Text component="span" fw={700} fz={size * 0.72} lh={1}>
        Steward
      </Text>
    </Group>
  );
}
