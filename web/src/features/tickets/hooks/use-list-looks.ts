import { useLocalStorage } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import { useMe, usePreferences } from '@/features/session/public';

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
/** Name of this list among the person's choices. */
const LIST = 'tickets';

/** How a person likes the list: rows and columns on every device, widths on this one. */
export function useListLooks() {
  const me = useMe();
  const { preferences, change: choose } = usePreferences();
  // Known at once when the page is drawn, before the server has answered.
  const [device, setDevice] = useLocalStorage<Looks>({
    key: `steward.tickets.looks.${me.id}`,
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  const looks = useMemo<Looks>(() => {
    const known = { ...USUAL, ...device };
    if (!preferences?.version) return known;
    return { ...known, density: preferences.density, columns: preferences.columns[LIST] ?? [] };
  }, [device, preferences]);
  const change = useCallback(
    (part: Partial<Looks>) => {
      setDevice((before) => ({ ...USUAL, ...before, ...part }));
      const { density, columns } = part;
      if (density) void choose(() => ({ density }));
      if (columns) {
        void choose((before) => {
          const { [LIST]: _, ...others } = before.columns;
          return { columns: columns.length > 0 ? { ...others, [LIST]: columns } : others };
        });
      }
    },
    [setDevice, choose],
  );
  return useMemo(() => ({ looks, change }), [looks, change]);
}
