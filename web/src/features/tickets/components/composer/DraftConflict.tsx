import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconAlert } from '@/ui/icons';
import type { ServerDraft } from '../../draft-keeper';

interface DraftConflictProps {
  theirs: ServerDraft;
  onDecide: (isMine: boolean) => void;
}

/** The same draft was written on two devices: the other text, and the choice. */
export function DraftConflict({ theirs, onDecide }: DraftConflictProps) {
  const { t } = useTranslation('tickets');
  return (
    <Alert color="orange" mb="xs" icon={<IconAlert aria-hidden size={18} />} title={t('draft.conflict')}>
      <Text size="sm" lineClamp={4} style={{ whiteSpace: 'pre-wrap' }}>
        {theirs.body}
      </Text>
      <Group gap="xs" mt="xs">
        <Button variant="default" onClick={() => onDecide(false)}>
          {t('draft.takeOther')}
        </Button>
        <Button variant="default" onClick={() => onDecide(true)}>
          {t('draft.keepThis')}
        </Button>
      </Group>
    </Alert>
  );
}
