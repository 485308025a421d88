import { numberFormat } from './intl';

// No days: in the time of a calendar a day is as long as its opening hours.
const UNITS = [
  ['hour', 3600],
  ['minute', 60],
] as const;

/** A length of counted time in hours and minutes: "2 hours 5 minutes"; less than a minute is 0 minutes. */
export function durationWords(seconds: number, locale: string, unitDisplay: 'short' | 'long' = 'short'): string {
  let rest = Math.max(0, Math.floor(seconds));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(numberFormat(locale, { style: 'unit', unit, unitDisplay }).format(amount));
  }
  const nothing = () => numberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay }).format(0);
  return parts.length > 0 ? parts.join(' ') : nothing();
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A length of time on the wall in its largest unit alone, for places without room: "40 minutes", "5 hours", "2 days". */
export function roughWords(seconds: number, locale: string): string {
  if (seconds < HOUR) return durationWords(seconds, locale);
  const [unit, size] = seconds < DAY ? (['hour', HOUR] as const) : (['day', DAY] as const);
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(seconds / size));
}

/** A length of time on the wall, as precise as it matters: "40 minutes", "5 hours 10 minutes", "2 days 3 hours", "78 days". */
export function wallWords(seconds: number, locale: string): string {
  const days = Math.floor(seconds / DAY);
  if (days === 0) return durationWords(seconds, locale);
  const word = numberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'short' }).format(days);
  const hours = Math.floor((seconds - days * DAY) / HOUR) * HOUR;
  return days < 7 && hours > 0 ? `${word} ${durationWords(hours, locale)}` : word;
}
