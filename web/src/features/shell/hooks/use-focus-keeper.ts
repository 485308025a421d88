import { useEffect } from 'react';

const IN_DIALOG = '[role="dialog"], [role="menu"], [role="listbox"]';
/** The library gives the focus back itself where it can; this long it is left to. */
const PATIENCE_MS = 30;

/** Where the focus goes when what had it is gone: to what opened it, else to the heading of the page. */
function giveBack(opener: HTMLElement | null): void {
  const { activeElement, body } = document;
  if (activeElement && activeElement !== body) return;
  if (document.querySelector('[aria-modal="true"]')) return;
  const target = opener?.isConnected ? opener : document.querySelector<HTMLElement>('h1');
  target?.focus({ preventScroll: true });
}

/**
 * Keeps the focus from falling to the start of the page when a dialog closes by being taken out of it.
 * Dialogs are drawn beside the page, in nodes of the body; only those are watched.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let opener: HTMLElement | null = null;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest(IN_DIALOG)) opener = target;
    };
    const watched = new WeakSet<Node>();
    const observer = new MutationObserver((changes) => {
      watchPortals();
      const isGone = changes.some(({ removedNodes }) => removedNodes.length > 0);
      if (isGone) setTimeout(() => giveBack(opener), PATIENCE_MS);
    });
    const watchPortals = () => {
      for (const node of document.querySelectorAll('body > [data-portal]')) {
        if (watched.has(node)) continue;
        watched.add(node);
        observer.observe(node, { childList: true });
      }
    };
    observer.observe(document.body, { childList: true });
    watchPortals();
    document.addEventListener('focusin', onFocus);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
    };
  }, []);
}
