import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/ui/form/CopyButton';
import { IconDownload } from '@/ui/icons';
import classes from './profile.module.css';

/** Recovery codes, which the server does not show a second time: to copy, to download, to print. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation('profile');
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = codes.join('\n');
  const file = useMemo(() => URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' })), [text]);
  useEffect(() => () => URL.revokeObjectURL(file), [file]);
  return (
    <Stack gap="md">
      <div>
        <Text fw={600} ref={heading} tabIndex={-1}>
          {t('mfa.codesTitle')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('mfa.codesHelp')}
        </Text>
      </div>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="sm">
        <CopyButton text={text} label={t('mfa.copy')} copied={t('mfa.copied')} />
        <Button
          component="a"
          href={file}
          download="steward-recovery-codes.txt"
          variant="default"
          size="sm"
          leftSection={<IconDownload aria-hidden size={16} />}
        >
          {t('mfa.download')}
        </Button>
      </Group>
      <Button size="md" onClick={onDone}>
        {t('mfa.kept')}
      </Button>
    </Stack>
  );
}
