import { Popover, type PopoverProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface RowPopoverProps {
  /** What it is for, to who does not see where it stands. */
  label: string;
  position: PopoverProps['position'];
  p: 'xs' | 'sm';
  onClose: () => void;
  /** What it stands beside. */
  target: ReactNode;
  children: ReactNode;
}

/** Something that is changed in a list, beside the place where it stands. */
export function RowPopover({ label, position, p, onClose, target, children }: RowPopoverProps) {
  return (
    <Popover
      opened
      onChange={(isOpen) => !isOpen && onClose()}
      position={position}
      shadow="md"
      trapFocus
      withinPortal
      // Its name would be that of the button it opens from.
      withRoles={false}
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown p={p} role="dialog" aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
