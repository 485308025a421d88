import { Box } from '@mantine/core';
import { SkeletonRows } from './SkeletonRows';

/** What stands where a page is still on its way: never nothing. */
export function PendingState() {
  return (
    <Box p="md" mih="60vh">
      <SkeletonRows rows={8} />
    </Box>
  );
}
