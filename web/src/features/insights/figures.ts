import type { FiguresView, MeasureView } from '@/api';
import { numberFormat } from '@/lib/intl';

/** The number of a measure; null where the report has none. */
export function figureOf(figures: FiguresView, name: string): number | null {
  const { tickets, hits, share, mean_seconds, median_seconds, p90_seconds, reported, resolved } = figures;
  const all: Record<string, number | null | undefined> = {
    tickets,
    hits,
    share,
    mean_seconds,
    median_seconds,
    p90_seconds,
    reported,
    resolved,
  };
  return all[name] ?? null;
}

/** The measure that bars are drawn of: a share where there is one, else a mean, else a count. */
export function mainMeasure(measures: readonly MeasureView[]): MeasureView | undefined {
  const wanted = ['share', 'mean_seconds', 'tickets'];
  return wanted.map((name) => measures.find((measure) => measure.name === name)).find((measure) => measure);
}

/** Seconds in words: `3 d 4 h`, `25 min`. */
export function secondsWord(seconds: number, locale: string): string {
  const steps = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const unit = (value: number, name: string) =>
    numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(value);
  const index = Math.max(
    0,
    steps.findIndex(([, size]) => seconds >= size),
  );
  const [name, size] = seconds < 1 ? steps[3] : (steps[index] ?? steps[3]);
  const whole = Math.floor(seconds / size);
  const next = steps[index + 1];
  const rest = next ? Math.floor((seconds - whole * size) / next[1]) : 0;
  return next && rest > 0 && name !== 'minute' ? `${unit(whole, name)} ${unit(rest, next[0])}` : unit(whole, name);
}

/** A figure with its unit. */
export function figureWord(value: number | null, unit: string, locale: string): string {
  if (value === null) return '–';
  if (unit === 'seconds') return secondsWord(value, locale);
  if (unit === 'share') {
    return numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  }
  return numberFormat(locale, {}).format(value);
}
