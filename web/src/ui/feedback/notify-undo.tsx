import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { notifyProblem } from './notify-problem';

const UNDO_MS = 8_000;

/** Says what was done and offers to take it back for eight seconds. */
export function notifyUndo(message: string, undo: () => Promise<unknown>): void {
  const id = `undo-${Date.now()}`;
  const run = () => {
    notifications.hide(id);
    undo().catch(notifyProblem);
  };
  notifications.show({
    id,
    color: 'teal',
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button variant="default" onClick={run}>
          {i18next.t('form.undo')}
        </Button>
      </Group>
    ),
  });
}
