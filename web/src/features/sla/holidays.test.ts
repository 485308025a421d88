import { expect, it } from 'vitest';
import { dateOf, mergeHolidays, withDate } from './holidays';

it('turns a date into one of every year and back', () => {
  const yearly = withDate({ date: '2026-12-25', name: 'Christmas' }, '2026-12-25', true);
  expect(yearly).toEqual({ date: '12-25', name: 'Christmas' });
  expect(dateOf(yearly, 2027)).toBe('2027-12-25');
  expect(withDate(yearly, dateOf(yearly, 2027), false).date).toBe('2027-12-25');
});

it('takes each date of a file once', () => {
  const held = [{ date: '2026-05-01', name: 'Our name' }];
  const read = [
    { date: '2026-12-25', name: 'Christmas' },
    { date: '2026-05-01', name: 'Labour Day' },
  ];
  expect(mergeHolidays(held, read)).toEqual([held[0], read[0]]);
});
