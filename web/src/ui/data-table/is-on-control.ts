import type { MouseEvent } from 'react';

/** Whether a click on a row was meant for something in it, or for a new tab, or to select text. */
export function isOnControl(event: MouseEvent<HTMLElement>): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return true;
  // A popover in a cell stands elsewhere in the document, but its events come by here.
  if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return true;
  if (window.getSelection()?.type === 'Range') return true;
  return event.target instanceof Element && event.target.closest('a,button,input,label') !== null;
}
