import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rotateWebhookSecret, type WebhookView } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { NewSecret } from './NewSecret';

const HOURS = ['24', '72', '168', '0'] as const;

interface RotateDialogProps {
  webhook: WebhookView;
  isOpen: boolean;
  onRotated: () => Promise<unknown>;
  onClose: () => void;
}

/** A new secret, and for how long the old one still signs beside it. */
export function RotateDialog({ webhook, isOpen, onRotated, onClose }: RotateDialogProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const [hours, setHours] = useState<string>(HOURS[0]);
  const [secret, setSecret] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const close = () => {
    setSecret(null);
    onClose();
  };
  const rotate = async () => {
    setIsBusy(true);
    try {
      const body = { overlap_hours: Number(hours) };
      const headers = { 'If-Match': `"${webhook.version}"` };
      const { data } = await rotateWebhookSecret({ path: { id: webhook.id }, body, headers });
      setSecret(data.secret ?? null);
      await onRotated();
    } catch (error) {
      notifyProblem(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      size="lg"
      closeOnClickOutside={false}
      title={t(secret ? 'secret.title' : 'rotate.title', { name: webhook.name })}
    >
      {secret ? (
        <NewSecret secret={secret} onDone={close} />
      ) : (
        <Stack gap="sm">
          <Text size="sm">{t('rotate.help')}</Text>
          <NativeSelect
            label={t('rotate.overlap')}
            data={HOURS.map((value) => ({ value, label: t(`rotate.hours.${value}`) }))}
            value={hours}
            onChange={(event) => setHours(event.currentTarget.value)}
          />
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              {t('common:form.cancel')}
            </Button>
            <Button loading={isBusy} onClick={() => void rotate()}>
              {t('rotate.do')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
