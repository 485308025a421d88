const listeners = new Set<() => void>();

/** Opens the list of shortcuts. */
export function openHelp(): void {
  for (const listener of listeners) listener();
}

/** Calls `listener` when the list of shortcuts is asked for. */
export function onOpenHelp(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
