import { Alert, Button, Group, Modal, Progress } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkOutcome, operation } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { IconAlert } from '@/ui/icons';
import { type BulkChange, type BulkSummary, CHUNK, runBulk, undoBulk } from '../../bulk';
import { refreshLists } from '../../cache';
import type { BulkKind } from './BulkBar';
import { BulkForm } from './BulkForm';
import { BulkPreview } from './BulkPreview';
import { RefusedTable } from './RefusedTable';

interface BulkDialogProps {
  kind: BulkKind;
  numbers: readonly string[];
  onClose: () => void;
  /** Called with the tickets that were refused. */
  onDone: (refused: string[]) => void;
}

/** Changes many tickets: asks what, shows how far it is, and names what was refused. */
export function BulkDialog({ kind, numbers, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const client = useQueryClient();
  const [finished, setFinished] = useState<number | null>(null);
  const [refused, setRefused] = useState<BulkOutcome[]>([]);
  const [preview, setPreview] = useState<{ change: BulkChange; summary: BulkSummary } | null>(null);
  // The numbers as they were when it began: the selection changes at the end.
  const [all] = useState(numbers);

  const refresh = () =>
    Promise.all([
      refreshLists(client),
      client.invalidateQueries({ queryKey: operation('getTicket') }),
      client.invalidateQueries({ queryKey: operation('listTimeline') }),
    ]);
  const look = async (change: BulkChange) => {
    setFinished(0);
    try {
      const summary = await runBulk({ numbers: all, change, isDryRun: true, onProgress: setFinished });
      setPreview({ change, summary });
    } finally {
      setFinished(null);
    }
  };
  const run = async (change: BulkChange) => {
    setFinished(0);
    try {
      const summary = await runBulk({ numbers: all, change, onProgress: setFinished });
      await refresh();
      if (summary.undoIds.length > 0) {
        notifyUndo(t('bulk.done', { count: summary.done }), async () => {
          const isComplete = await undoBulk(summary.undoIds);
          await refresh();
          return isComplete;
        });
      } else if (summary.done > 0) {
        notifications.show({ message: t('bulk.nothingChanged'), color: 'gray' });
      }
      onDone(summary.refused.map((outcome) => outcome.ticket));
      setRefused(summary.refused);
      setPreview(null);
      if (summary.refused.length === 0) onClose();
    } finally {
      setFinished(null);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('bulk.title', { what: t(`bulk.${kind}`), count: all.length })}
      transitionProps={{ duration: 0 }}
      size={refused.length > 0 || preview ? 'lg' : 'md'}
    >
      {refused.length > 0 ? (
        <Refused refused={refused} done={all.length - refused.length} onClose={onClose} />
      ) : (
        // Kept while the preview stands, so that Back meets what was filled in.
        <div hidden={preview !== null}>
          <BulkForm
            kind={kind}
            onCancel={onClose}
            // More than fit on a screen were hardly all looked at.
            onSubmit={all.length > CHUNK ? look : run}
            onPreview={all.length > CHUNK ? undefined : look}
          />
        </div>
      )}
      {preview && (
        <BulkPreview
          summary={preview.summary}
          isBusy={finished !== null}
          onBack={() => setPreview(null)}
          onGo={() => void run(preview.change).catch(notifyProblem)}
        />
      )}
      {finished !== null && all.length > 1 && (
        <Progress
          mt="md"
          value={(100 * finished) / all.length}
          aria-label={t('bulk.progress', { finished, count: all.length })}
        />
      )}
    </Modal>
  );
}

interface RefusedProps {
  refused: readonly BulkOutcome[];
  done: number;
  onClose: () => void;
}

function Refused({ refused, done, onClose }: RefusedProps) {
  const { t } = useTranslation(['tickets', 'common']);
  return (
    <>
      <Alert
        color="orange"
        icon={<IconAlert aria-hidden size={18} />}
        title={t('bulk.refused', { count: refused.length })}
      >
        {t('bulk.refusedHelp', { count: done })}
      </Alert>
      <RefusedTable refused={refused} />
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t('common:form.close')}</Button>
      </Group>
    </>
  );
}
