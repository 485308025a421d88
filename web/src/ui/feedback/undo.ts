type Undo = () => Promise<unknown>;

/** How long the last change can be taken back. */
export const UNDO_MS = 10_000;

let last: Undo | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Remembers how to take back the last change, for a while. */
export function rememberUndo(undo: Undo): void {
  last = undo;
  clearTimeout(timer);
  timer = setTimeout(() => {
    last = null;
  }, UNDO_MS);
}

/** The way back of the last change, once; nothing when there is none any more. */
export function takeUndo(): Undo | null {
  const undo = last;
  last = null;
  return undo;
}
