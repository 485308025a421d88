import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { notifyProblem } from './notify-problem';
import { rememberUndo, takeUndo, UNDO_MS } from './undo';

async function run(undo: () => Promise<unknown>, id: string): Promise<void> {
  notifications.hide(id);
  try {
    const isComplete = await undo();
    const message = isComplete === false ? i18next.t('undo.partly') : i18next.t('undo.done');
    notifications.show({ message, color: isComplete === false ? 'orange' : 'teal' });
  } catch (error) {
    notifyProblem(error);
  }
}

const ID = 'steward-undo';
let leave: ReturnType<typeof setTimeout> | undefined;

/** Says what was done, with a way back for some seconds: the button, or `z`. */
export function notifyUndo(message: string, undo: () => Promise<unknown>): void {
  rememberUndo(undo);
  notifications.hide(ID);
  // Under a newer message its own time stands still, the way back does not: it goes with it.
  clearTimeout(leave);
  leave = setTimeout(() => notifications.hide(ID), UNDO_MS);
  notifications.show({
    id: ID,
    color: 'teal',
    autoClose: UNDO_MS,
    message: (
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button variant="light" onClick={() => void undoLast()}>
          {i18next.t('undo.label')}
        </Button>
      </Group>
    ),
  });
}

/** Takes back the last change, where that is still possible. */
export async function undoLast(): Promise<void> {
  const undo = takeUndo();
  if (undo) await run(undo, ID);
  else notifications.show({ message: i18next.t('undo.nothing'), color: 'gray' });
}
