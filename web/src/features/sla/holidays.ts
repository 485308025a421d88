import type { HolidayInput } from '@/api';

/** Whether the date is closed every year: `12-25`. */
export const isYearly = (holiday: HolidayInput) => holiday.date.length === 5;

/** The date as an input wants it; a yearly one in `year`. */
export function dateOf(holiday: HolidayInput, year: number): string {
  return isYearly(holiday) ? `${year}-${holiday.date}` : holiday.date;
}

export function withDate(holiday: HolidayInput, date: string, isEveryYear: boolean): HolidayInput {
  return { ...holiday, date: isEveryYear ? date.slice(5) : date };
}

/** Both lists, each date once, in order; what was there first keeps its name. */
export function mergeHolidays(held: readonly HolidayInput[], read: readonly HolidayInput[]): HolidayInput[] {
  const byDate = new Map([...read, ...held].map((holiday) => [holiday.date, holiday]));
  return [...byDate.values()].toSorted((a, b) => a.date.localeCompare(b.date));
}
