import { useMantineColorScheme } from '@mantine/core';
import { useCallback, useEffect, useRef } from 'react';
import { type ColorScheme, isColorScheme } from '@/lib/color-scheme';
import { usePreferences } from './use-preferences';

/** Light or dark: at once on this device, and on the server for the others. */
export function useColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { change } = usePreferences();
  const choose = useCallback(
    (scheme: ColorScheme) => {
      setColorScheme(scheme);
      return change(() => ({ color_scheme: scheme }));
    },
    [change, setColorScheme],
  );
  return { scheme: colorScheme, choose };
}

/** Takes over what the person chose on another device, once. */
export function useAdoptColourScheme(): void {
  const { setColorScheme } = useMantineColorScheme();
  const { preferences } = usePreferences();
  const isAdopted = useRef(false);
  useEffect(() => {
    if (!preferences || isAdopted.current) return;
    isAdopted.current = true;
    const { color_scheme: scheme, version } = preferences;
    if (version > 0 && isColorScheme(scheme)) setColorScheme(scheme);
  }, [preferences, setColorScheme]);
}
