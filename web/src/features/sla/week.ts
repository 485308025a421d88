import type { WeeklyHours, WeeklyInput } from '@/api';

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof DAYS)[number];

/** Begin and end of a stretch on a local clock; an end that is not later runs past midnight. */
export type Shift = [string, string];
export type Week = Record<Day, Shift[]>;

const DAY_MINUTES = 24 * 60;

export const emptyWeek = (): Week => ({
  monday: [],
  tuesday: [],
  wednesday: [],
  thursday: [],
  friday: [],
  saturday: [],
  sunday: [],
});

/** Monday to Friday from nine to five. */
export function usualWeek(): Week {
  const week = emptyWeek();
  for (const day of DAYS.slice(0, 5)) week[day] = [['09:00', '17:00']];
  return week;
}

export function isAlways(weekly: WeeklyInput): weekly is '24x7' {
  return weekly === '24x7';
}

/** The shifts of every day; none where the calendar is open day and night. */
export function readWeek(weekly: WeeklyInput): Week {
  const week = emptyWeek();
  if (isAlways(weekly)) return week;
  for (const day of DAYS) {
    week[day] = (weekly[day] ?? []).map(([from = '', until = '']): Shift => [from, until]);
  }
  return week;
}

export function writeWeek(week: Week): WeeklyHours {
  return Object.fromEntries(DAYS.map((day) => [day, week[day].toSorted(([a], [b]) => a.localeCompare(b))]));
}

/** Minutes since midnight; `24:00` is the end of the day. */
export function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

export function timeOf(minutes: number): string {
  const clipped = Math.max(0, Math.min(DAY_MINUTES, minutes));
  return `${String(Math.floor(clipped / 60)).padStart(2, '0')}:${String(clipped % 60).padStart(2, '0')}`;
}

export const isOvernight = ([from, until]: Shift) => minutesOf(until) <= minutesOf(from);

/** Bars of a day from 0 to 1: its own shifts, and what runs over from the day before. */
export function barsOf(week: Week, day: Day): { from: number; until: number }[] {
  const before = DAYS[(DAYS.indexOf(day) + 6) % 7] ?? day;
  const over = week[before].filter(isOvernight).map(([, until]) => ({ from: 0, until: minutesOf(until) }));
  const own = week[day].map((shift) => ({
    from: minutesOf(shift[0]),
    until: isOvernight(shift) ? DAY_MINUTES : minutesOf(shift[1]),
  }));
  return [...over, ...own]
    .filter((bar) => bar.until > bar.from)
    .map((bar) => ({ from: bar.from / DAY_MINUTES, until: bar.until / DAY_MINUTES }));
}

/** A stretch drawn with the pointer, in steps of half an hour; null when it is too short. */
export function drawnShift(a: number, b: number): Shift | null {
  const step = (part: number) => Math.round((part * DAY_MINUTES) / 30) * 30;
  const from = Math.min(step(a), step(b));
  const until = Math.max(step(a), step(b));
  return until - from < 30 ? null : [timeOf(from), timeOf(until)];
}

/** Whether two shifts of one day overlap, by what stands in it. */
export function overlaps(shifts: readonly Shift[]): boolean {
  const sorted = shifts
    .map((shift) => [minutesOf(shift[0]), isOvernight(shift) ? DAY_MINUTES : minutesOf(shift[1])] as const)
    .toSorted((x, y) => x[0] - y[0]);
  return sorted.some((shift, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next[0] < shift[1];
  });
}
