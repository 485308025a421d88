import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { IconDelete } from '@/ui/icons';
import type { useServerDraft } from '../../hooks/use-server-draft';

interface DiscardDraftProps {
  kept: Pick<ReturnType<typeof useServerDraft>, 'draft' | 'change' | 'forget'>;
  onDone: () => void;
}

/** Throws the text away, with a way back. */
export function DiscardDraft({ kept: { draft, change, forget }, onDone }: DiscardDraftProps) {
  const { t } = useTranslation('tickets');
  const { body, visibility } = draft;
  if (body.trim() === '') return null;
  const discard = () => {
    void forget();
    onDone();
    notifyUndo(t('draft.discarded'), async () => change({ body, visibility }));
  };
  return (
    <Button variant="subtle" color="gray" leftSection={<IconDelete aria-hidden size={15} />} onClick={discard}>
      {t('draft.discard')}
    </Button>
  );
}
