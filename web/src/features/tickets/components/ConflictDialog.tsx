import { Button, Group, Modal, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ConflictDialogProps {
  what: string;
  mine: string;
  theirs: string;
  onClose: () => void;
  onApply: () => void;
}

/** What is on the server now beside what was wanted here. Nothing is lost until one is chosen. */
export function ConflictDialog({ what, mine, theirs, onClose, onApply }: ConflictDialogProps) {
  const { t } = useTranslation('tickets');
  return (
    <Modal opened onClose={onClose} title={t('conflict.title')} size="lg">
      <Text size="sm" mb="md">
        {t('conflict.help')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Side label={`${t('conflict.theirs')}: ${what}`} value={theirs} />
        <Side label={`${t('conflict.mine')}: ${what}`} value={mine} />
      </SimpleGrid>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('conflict.takeTheirs')}
        </Button>
        <Button onClick={onApply}>{t('conflict.keepMine')}</Button>
      </Group>
    </Modal>
  );
}

function Side({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {value}
      </Text>
    </div>
  );
}
