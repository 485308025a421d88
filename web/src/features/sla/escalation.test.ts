import { describe, expect, it } from 'vitest';
import { COLUMNS, freePercent, isDone, NO_ACTIONS, withDone } from './escalation';

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
