import { Tooltip, VisuallyHidden } from '@mantine/core';
import { cloneElement, type MouseEvent, type ReactElement, useId } from 'react';

interface RefusableProps {
  /** Why it cannot be done now, and who can do it; nothing where it can. */
  reason: string | null | undefined;
  /** Shown on hover and focus while nothing speaks against it. */
  hint?: string | null;
  /** A button. */
  children: ReactElement<Record<string, unknown>>;
}

const refuse = (event: MouseEvent) => {
  event.preventDefault();
  event.stopPropagation();
};

/** A button that says why it does nothing: it keeps the focus, and pointer, keyboard and screen reader get the reason. */
export function Refusable({ reason, hint, children }: RefusableProps) {
  const id = useId();
  const label = reason ?? hint;
  const refused = {
    'aria-disabled': true,
    'data-disabled': true,
    'aria-describedby': id,
    // Fields write their own `aria-describedby` over ours; where both stand, ours is read.
    'aria-description': reason,
    onClick: refuse,
  };
  return (
    <>
      <Tooltip
        label={label}
        disabled={!label}
        multiline
        maw={320}
        events={{ hover: true, focus: true, touch: Boolean(reason) }}
      >
        {reason ? cloneElement(children, refused) : children}
      </Tooltip>
      {reason && <VisuallyHidden id={id}>{reason}</VisuallyHidden>}
    </>
  );
}
