import { Button, type ButtonProps } from '@mantine/core';
import type { Action } from '@/actions/define-action';
import { shortcutKeys } from '@/actions/shortcuts';
import { Refusable } from './Refusable';

interface ActionButtonProps extends ButtonProps {
  action: Action;
}

/** The button of an action: its shortcut on hover, and why it is refused where it is. */
export function ActionButton({ action, ...props }: ActionButtonProps) {
  const keys = action.shortcut ? shortcutKeys(action.shortcut).flat().join(' ') : null;
  const Icon = action.icon;
  return (
    <Refusable reason={action.refusal} hint={keys}>
      <Button
        {...props}
        leftSection={Icon && <Icon aria-hidden size={15} />}
        aria-keyshortcuts={action.shortcut}
        onClick={() => action.run()}
      >
        {action.label}
      </Button>
    </Refusable>
  );
}
