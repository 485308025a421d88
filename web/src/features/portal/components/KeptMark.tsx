import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kept } from '../hooks/use-kept-draft';

/** Says where the typed text is kept. */
export function KeptMark({ kept }: { kept: Kept }) {
  const { t } = useTranslation('portal');
  return (
    <Text size="sm" c="dimmed" aria-live="polite" data-kept={kept}>
      {kept !== 'nothing' && t(`kept.${kept}`)}
    </Text>
  );
}
