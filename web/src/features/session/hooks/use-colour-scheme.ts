import { useMantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { getPreferences, getPreferencesOptions, getPreferencesQueryKey, putPreferences } from '@/api';
import { type ColorScheme, isColorScheme } from '@/lib/color-scheme';

/** Light or dark: at once on this device, and on the server for the others. */
export function useColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const choose = useCallback(
    async (scheme: ColorScheme) => {
      setColorScheme(scheme);
      try {
        const { version, updated_at: _, ...chosen } = (await getPreferences()).data;
        const body = { ...chosen, color_scheme: scheme };
        const { data } = await putPreferences({ body, headers: { 'If-Match': `"${version}"` } });
        client.setQueryData(getPreferencesQueryKey(), data);
      } catch {
        // It holds on this device, and can be chosen again on the next.
      }
    },
    [client, setColorScheme],
  );
  return { scheme: colorScheme, choose };
}

/** Takes over what the person chose on another device, once. */
export function useAdoptColourScheme(): void {
  const { setColorScheme } = useMantineColorScheme();
  const preferences = useQuery({ ...getPreferencesOptions(), staleTime: Number.POSITIVE_INFINITY, retry: false });
  const isAdopted = useRef(false);
  useEffect(() => {
    if (!preferences.data || isAdopted.current) return;
    isAdopted.current = true;
    const { color_scheme: scheme, version } = preferences.data;
    if (version > 0 && isColorScheme(scheme)) setColorScheme(scheme);
  }, [preferences.data, setColorScheme]);
}
