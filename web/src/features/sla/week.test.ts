import { describe, expect, it } from 'vitest';
import { barsOf, drawnShift, emptyWeek, overlaps, readWeek, usualWeek, writeWeek } from './week';

describe('weeks', () => {
  it('are read and written without a loss', () => {
    const week = usualWeek();
    week.friday = [
      ['13:00', '17:00'],
      ['09:00', '12:00'],
    ];
    expect(writeWeek(readWeek(writeWeek(week))).friday).toEqual([
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ]);
    expect(readWeek('24x7')).toEqual(emptyWeek());
  });

  it('show what runs past midnight on both days', () => {
    const week = emptyWeek();
    week.sunday = [['22:00', '06:00']];
    expect(barsOf(week, 'sunday')).toEqual([{ from: 22 / 24, until: 1 }]);
    expect(barsOf(week, 'monday')).toEqual([{ from: 0, until: 0.25 }]);
    expect(barsOf(week, 'tuesday')).toEqual([]);
  });
});

describe('drawnShift', () => {
  it('snaps to half hours, in either direction', () => {
    expect(drawnShift(9.1 / 24, 12.9 / 24)).toEqual(['09:00', '13:00']);
    expect(drawnShift(1, 22 / 24)).toEqual(['22:00', '24:00']);
    expect(drawnShift(0.5, 0.505)).toBeNull();
  });
});

describe('overlaps', () => {
  it('allows shifts that touch', () => {
    expect(
      overlaps([
        ['09:00', '12:00'],
        ['12:00', '17:00'],
      ]),
    ).toBe(false);
    expect(
      overlaps([
        ['09:00', '12:30'],
        ['12:00', '17:00'],
      ]),
    ).toBe(true);
    expect(
      overlaps([
        ['22:00', '06:00'],
        ['09:00', '12:00'],
      ]),
    ).toBe(false);
  });
});
