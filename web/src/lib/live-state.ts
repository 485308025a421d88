let isLive = false;

/** Notes whether changes are told as they happen. */
export function setLive(next: boolean): void {
  isLive = next;
}

/** Also a stream may miss what nobody tells, such as a clock that runs out. */
const AT_LEAST_EVERY_MS = 5 * 60_000;

/** Interval for a query that the stream keeps up to date: often only while there is no stream. */
export function askAgain(everyMs: number): () => number {
  return () => (isLive ? Math.max(everyMs, AT_LEAST_EVERY_MS) : everyMs);
}
