import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface PublishDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onPublish: () => void;
}

/** Asks before a text written for colleagues becomes one that the requester reads: that cannot be undone. */
export function PublishDialog({ isOpen, onClose, onPublish }: PublishDialogProps) {
  const { t } = useTranslation(['tickets', 'common']);
  return (
    <Modal opened={isOpen} onClose={onClose} title={t('composer.switchTitle')}>
      <Text size="sm">{t('composer.switchHelp')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:form.cancel')}
        </Button>
        <Button onClick={onPublish}>{t('composer.switchYes')}</Button>
      </Group>
    </Modal>
  );
}
