let skew = 0;

/** Learns from an answer how far this device's clock is off. */
export function noteServerTime(date: string | null): void {
  const at = date ? Date.parse(date) : Number.NaN;
  if (Number.isFinite(at)) skew = at - Date.now();
}

/** The server's clock, about a second exact. */
export function serverNow(): number {
  return Date.now() + skew;
}
