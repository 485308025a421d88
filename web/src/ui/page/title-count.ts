import { useSyncExternalStore } from 'react';

let count = 0;
const listeners = new Set<() => void>();

/** How much waits, for the name of the tab and its icon. */
export function setTitleCount(next: number): void {
  if (next === count) return;
  count = next;
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (icon) icon.href = next > 0 ? '/favicon-unread.svg' : '/favicon.svg';
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The count in front of a page's name in the tab. */
export function useTitleCount(): number {
  return useSyncExternalStore(subscribe, () => count);
}
