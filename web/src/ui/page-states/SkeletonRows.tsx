import { Skeleton, Stack } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Grey rows in the place of what is coming; nothing at all for the first 200 ms. */
export function SkeletonRows({ rows = 8, height = 20 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  const [isDue, setIsDue] = useState(false);
  useTimeout(() => setIsDue(true), 200, { autoInvoke: true });
  return (
    <Stack gap="sm" p="md" role="status" aria-label={t('state.loading')}>
      {isDue &&
        Array.from({ length: rows }, (_, index) => index).map((row) => (
          <Skeleton key={row} height={height} width={`${92 - ((row * 13) % 40)}%`} />
        ))}
    </Stack>
  );
}
