import { Alert, Button, Group, Modal, Progress, ScrollArea, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkOutcome, operation } from '@/api';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { IconAlert } from '@/ui/icons';
import { type BulkChange, runBulk, undoBulk } from '../../bulk';
import { refreshLists } from '../../cache';
import type { BulkKind } from './BulkBar';
import { BulkForm } from './BulkForm';

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
  // The numbers as they were when it began: the selection changes at the end.
  const [all] = useState(numbers);

  const refresh = () =>
    Promise.all([
      refreshLists(client),
      client.invalidateQueries({ queryKey: operation('getTicket') }),
      client.invalidateQueries({ queryKey: operation('listTimeline') }),
    ]);
  const run = async (change: BulkChange) => {
    setFinished(0);
    try {
      const summary = await runBulk(all, change, setFinished);
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
      size={refused.length > 0 ? 'lg' : 'md'}
    >
      {refused.length > 0 ? (
        <Refused refused={refused} done={all.length - refused.length} onClose={onClose} />
      ) : (
        <BulkForm kind={kind} onCancel={onClose} onSubmit={run} />
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
      <ScrollArea.Autosize mah={320} mt="sm" viewportProps={{ tabIndex: 0 }}>
        <Table verticalSpacing={6} aria-label={t('bulk.refusedList')}>
          <Table.Tbody>
            {refused.map((outcome) => (
              <Table.Tr key={outcome.ticket}>
                <Table.Td w={120}>
                  <Text size="sm" fw={550}>
                    {outcome.ticket}
                  </Text>
                </Table.Td>
                <Table.Td>{outcome.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t('common:form.close')}</Button>
      </Group>
    </>
  );
}
