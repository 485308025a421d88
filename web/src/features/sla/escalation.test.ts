import { describe, expect, it } from 'vitest';
import { COLUMNS, freeMinutes, freePercent, isDone, MOST_THRESHOLDS, NO_ACTIONS, withDone } from './escalation';

describe('what is done', () => {
  it.each(COLUMNS)('%s is switched on and off, and nothing else', (column) => {
    const on = withDone(NO_ACTIONS, column, true);
    expect(COLUMNS.filter((each) => isDone(on, each))).toEqual([column]);
    expect(withDone(on, column, false)).toEqual(NO_ACTIONS);
  });

  it('tells each audience once', () => {
    const twice = withDone(withDone(NO_ACTIONS, 'lead', true), 'lead', true);
    expect(twice.tells).toEqual(['lead']);
  });
});

describe('freePercent', () => {
  it('is one that no threshold has', () => {
    const thresholds = [75, 90, 50].map((percent) => ({ percent, actions: NO_ACTIONS }));
    expect(freePercent({ thresholds })).toBe(25);
  });
});

describe('freeMinutes', () => {
  it('is a time that no other has, as often as one may be added', () => {
    const before_due: { minutes: number; actions: typeof NO_ACTIONS }[] = [];
    while (before_due.length < MOST_THRESHOLDS) {
      const minutes = freeMinutes({ thresholds: [], before_due });
      expect(before_due.map((before) => before.minutes)).not.toContain(minutes);
      before_due.push({ minutes, actions: NO_ACTIONS });
    }
    expect(freeMinutes({ thresholds: [] })).toBe(30);
  });
});
