import { useLocalStorage } from '@mantine/hooks';

/** Six lines: the views that the product comes with. */
const USUAL = 168;

/** How high the saved views stood last time, so that what is below them does not move when they come; kept on this device. */
export function useNavRoom() {
  return useLocalStorage<number>({ key: 'steward.nav.views', defaultValue: USUAL, getInitialValueInEffect: false });
}
