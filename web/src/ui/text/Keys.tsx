import { Group, Kbd, Text } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { shortcutKeys } from '@/actions/shortcuts';

const IS_MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as keys: Ctrl K, or G then T. */
export function Keys({ shortcut }: { shortcut: string }) {
  const { t } = useTranslation();
  return (
    <Group gap={4} wrap="nowrap">
      {shortcutKeys(shortcut, IS_MAC).map((keys, index) => (
        <Fragment key={keys.join('+')}>
          {index > 0 && (
            <Text component="span" size="xs" c="dimmed">
              {t('help.then')}
            </Text>
          )}
          {keys.map((key) => (
            <Kbd key={key} size="xs">
              {key}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </Group>
  );
}
