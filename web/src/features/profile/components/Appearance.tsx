import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useColourScheme } from '@/features/session/public';
import { isColorScheme } from '@/lib/color-scheme';
import { Card } from './Card';

/** Light or dark. */
export function Appearance() {
  const { t } = useTranslation(['profile', 'common']);
  const colours = useId();
  const { scheme, choose } = useColourScheme();
  return (
    <Card title={t('profile:section.appearance')}>
      <Stack gap={4} align="start">
        <Text size="sm" fw={600} id={colours}>
          {t('profile:appearance.colours')}
        </Text>
        <Text size="sm" c="dimmed" mb="xs">
          {t('profile:appearance.coloursHelp')}
        </Text>
        <SegmentedControl
          size="sm"
          aria-labelledby={colours}
          value={scheme}
          onChange={(value) => isColorScheme(value) && void choose(value)}
          data={[
            { value: 'auto', label: t('common:scheme.auto') },
            { value: 'light', label: t('common:scheme.light') },
            { value: 'dark', label: t('common:scheme.dark') },
          ]}
        />
      </Stack>
    </Card>
  );
}
