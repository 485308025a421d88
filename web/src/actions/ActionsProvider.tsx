import { type ReactNode, useEffect, useState } from 'react';
import { ActionsContext } from './actions-context';
import { ActionRegistry, isTyping } from './registry';

function isInDialog(target: EventTarget | null): boolean {
  // A form in a dialog that gives way to its answer leaves the focus nowhere: the page below still gets no keys.
  if (document.querySelector('[aria-modal="true"]')) return true;
  return target instanceof HTMLElement && target.closest('[role="dialog"],[role="menu"],[role="listbox"]') !== null;
}

/** The arrows belong to what has the focus, such as a choice, a divider or what scrolls; unless that is a row, a card or nothing. */
function keepsArrows(event: KeyboardEvent): boolean {
  if (!event.key.startsWith('Arrow')) return false;
  return event.target instanceof Element && !event.target.matches('body, h1, main, [data-row]');
}

/** Holds the registry and listens to the keyboard; typing and open dialogs keep their keys. */
export function ActionsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new ActionRegistry());
  useEffect(() => {
    // Asked before anyone handles the key: the dialog that Escape closes is gone afterwards.
    const inDialog = new WeakSet<Event>();
    const onKeyDownFirst = (event: KeyboardEvent) => {
      if (isInDialog(event.target)) inDialog.add(event);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const isChord = event.ctrlKey || event.metaKey;
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key))
        return;
      if (!isChord && (isTyping(event.target) || inDialog.has(event))) return;
      // Undo while typing is the field's own.
      if (isChord && event.key.toLowerCase() === 'z' && (isTyping(event.target) || inDialog.has(event))) return;
      if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a,button,summary'))
        return;
      if (keepsArrows(event)) return;
      if (registry.press(event, event.timeStamp)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDownFirst, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDownFirst, true);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [registry]);
  return <ActionsContext value={registry}>{children}</ActionsContext>;
}
