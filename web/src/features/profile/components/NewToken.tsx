import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NewApiTokenView } from '@/api';
import { CopyButton } from '@/ui/form/CopyButton';
import classes from './profile.module.css';

/** A token just made: the only time that it is shown. */
export function NewToken({ token, onDone }: { token: NewApiTokenView; onDone: () => void }) {
  const { t } = useTranslation('profile');
  return (
    <Stack gap="md">
      <Alert color="orange" role="status">
        {t('tokens.once')}
      </Alert>
      <code className={classes.secret} aria-label={t('tokens.secret')}>
        {token.token}
      </code>
      <Text size="sm" c="dimmed">
        {t('tokens.use')}
      </Text>
      <Group justify="flex-end">
        <CopyButton text={token.token} label={t('tokens.copy')} copied={t('tokens.copied')} />
        <Button size="sm" onClick={onDone}>
          {t('tokens.done')}
        </Button>
      </Group>
    </Stack>
  );
}
