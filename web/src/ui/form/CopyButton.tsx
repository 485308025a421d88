import { Button, type ButtonProps } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '../icons';

interface CopyButtonProps extends ButtonProps {
  text: string;
  label: string;
  copied: string;
}

/** Puts a text onto the clipboard and says that it did. */
export function CopyButton({ text, label, copied, ...props }: CopyButtonProps) {
  const clipboard = useClipboard();
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<Icon aria-hidden size={16} />}
      onClick={() => clipboard.copy(text)}
      {...props}
    >
      <span aria-live="polite">{clipboard.copied ? copied : label}</span>
    </Button>
  );
}
