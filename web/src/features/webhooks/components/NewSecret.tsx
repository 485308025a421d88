import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/ui/form/CopyButton';
import classes from './webhooks.module.css';

/** A secret just made: the only time that it is shown. */
export function NewSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { t } = useTranslation('webhooks');
  return (
    <Stack gap="md">
      <Alert color="orange" role="status">
        {t('secret.once')}
      </Alert>
      <code className={classes.secret} aria-label={t('secret.label')}>
        {secret}
      </code>
      <Text size="sm" c="dimmed">
        {t('secret.use')}
      </Text>
      <Group justify="flex-end">
        <CopyButton text={secret} label={t('secret.copy')} copied={t('secret.copied')} />
        <Button size="sm" onClick={onDone}>
          {t('secret.done')}
        </Button>
      </Group>
    </Stack>
  );
}
