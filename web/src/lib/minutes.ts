/** Minutes in the words of a duration: `1h 30m`; empty for none. */
export function minutesWord(minutes: number | null | undefined): string {
  if (minutes === null || minutes === undefined) return '';
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest}m`;
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`;
}

/** Reads `1h 30m`, `90m`, `1:30`, `1.5h` or a plain number of hours; null for nothing, `undefined` for what is none of it. */
export function readMinutes(text: string): number | null | undefined {
  const words = text.trim().toLowerCase().replace(',', '.');
  if (words === '') return null;
  const clock = /^(\d{1,6}):([0-5]\d)$/.exec(words);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  if (/^\d+(\.\d+)?$/.test(words)) return Math.round(Number(words) * 60);
  const parts = /^(?:(\d+(?:\.\d+)?)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?$/.exec(words);
  if (!parts || (parts[1] === undefined && parts[2] === undefined)) return undefined;
  return Math.round(Number(parts[1] ?? 0) * 60) + Number(parts[2] ?? 0);
}
