import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconOffline } from '../icons';

interface NotSentProps {
  isWaiting: boolean;
  onTry: () => void;
  onWithdraw: () => void;
}

/** Says that a text was not sent for want of a connection, and what becomes of it. */
export function NotSent({ isWaiting, onTry, onWithdraw }: NotSentProps) {
  const { t } = useTranslation();
  if (!isWaiting) return null;
  return (
    <Alert
      color="orange"
      role="alert"
      mb="xs"
      icon={<IconOffline aria-hidden size={18} />}
      title={t('offline.notSent')}
    >
      <Text size="sm">{t('offline.waits')}</Text>
      <Group gap="xs" mt="xs">
        <Button variant="default" onClick={onTry}>
          {t('offline.tryNow')}
        </Button>
        <Button variant="default" onClick={onWithdraw}>
          {t('offline.doNotSend')}
        </Button>
      </Group>
    </Alert>
  );
}
