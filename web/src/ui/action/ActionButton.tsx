import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { Action } from '@/actions/define-action';
import { shortcutKeys } from '@/actions/shortcuts';

interface ActionButtonProps extends ButtonProps {
  action: Action;
}

/** The button of an action: its shortcut on hover, and why it is refused where it is. */
export function ActionButton({ action, ...props }: ActionButtonProps) {
  const keys = action.shortcut ? shortcutKeys(action.shortcut).flat().join(' ') : null;
  const hint = action.refusal ?? keys;
  const Icon = action.icon;
  return (
    <Tooltip label={hint} disabled={!hint} multiline maw={280}>
      <Button
        {...props}
        leftSection={Icon && <Icon aria-hidden size={15} />}
        data-disabled={action.refusal ? true : undefined}
        aria-disabled={action.refusal ? true : undefined}
        aria-keyshortcuts={action.shortcut}
        onClick={() => !action.refusal && action.run()}
      >
        {action.label}
      </Button>
    </Tooltip>
  );
}
