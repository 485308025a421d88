import { type SplitterPaneSize, useLocalStorage } from '@mantine/hooks';

/** How wide list and ticket stand beside each other; kept on this device. */
export function useSplitSizes() {
  return useLocalStorage<SplitterPaneSize[]>({
    key: 'steward.tickets.split',
    defaultValue: ['45%', '55%'],
    getInitialValueInEffect: false,
  });
}
