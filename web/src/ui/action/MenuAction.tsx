import { Menu } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface MenuActionProps {
  label: string;
  icon?: ReactNode;
  color?: string;
  /** Why it cannot be done now, and who can do it. */
  refusal?: string | null;
  /** The one that has the focus when the menu opens. */
  isFirst?: boolean;
  run: () => void;
}

/** An entry of a menu; a refused one can be walked to, and says why it does nothing. */
export function MenuAction({ label, icon, color, refusal, isFirst, run }: MenuActionProps) {
  const id = useId();
  return (
    <Menu.Item
      color={refusal ? undefined : color}
      leftSection={icon}
      className="menu-item-with-reason"
      data-autofocus={isFirst || undefined}
      aria-disabled={refusal ? true : undefined}
      aria-describedby={refusal ? id : undefined}
      closeMenuOnClick={!refusal}
      onClick={() => !refusal && run()}
    >
      {label}
      {refusal && (
        <span id={id} className="reason">
          {refusal}
        </span>
      )}
    </Menu.Item>
  );
}
