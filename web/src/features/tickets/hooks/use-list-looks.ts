import { useLocalStorage } from '@mantine/hooks';
import { useMe } from '@/features/session/public';

export const DENSITIES = ['compact', 'normal', 'comfortable'] as const;
export type Density = (typeof DENSITIES)[number];

/** Pixels of a row. */
export const ROW_HEIGHTS: Record<Density, number> = { compact: 28, normal: 36, comfortable: 44 };

interface Looks {
  density: Density;
  /** Columns where the view names none; empty for the usual ones. */
  columns: string[];
  widths: Record<string, number>;
}

const USUAL: Looks = { density: 'normal', columns: [], widths: {} };

/** How a person likes the list on this device. */
export function useListLooks() {
  const me = useMe();
  const [looks, setLooks] = useLocalStorage<Looks>({
    key: `steward.tickets.looks.${me.id}`,
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  const change = (part: Partial<Looks>) => setLooks((before) => ({ ...USUAL, ...before, ...part }));
  return { looks: { ...USUAL, ...looks }, change };
}
