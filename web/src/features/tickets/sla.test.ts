import { describe, expect, it } from 'vitest';
import { counts, mostUrgent, secondsLate, secondsLeft, slaLook } from './sla';

const now = Date.parse('2026-03-01T12:00:00Z');
const clock = {
  state: 'running' as const,
  target_minutes: 240,
  due_at: '2026-03-01T15:00:00Z',
  breached_at: null,
  met_at: null,
  remaining_seconds: 3 * 3600,
  remaining_at: '2026-03-01T12:00:00Z',
  is_open: true as boolean | null,
  changes_at: '2026-03-01T15:00:00Z' as string | null,
};

describe('slaLook', () => {
  it.each([
    ['far from its end', {}, 'running'],
    ['near its end', { remaining_seconds: 40 * 60 }, 'near'],
    ['far from its end outside working hours', { due_at: '2026-03-01T12:10:00Z', is_open: false }, 'running'],
    ['used up while nobody looked', { due_at: '2026-03-01T11:59:00Z' }, 'breached'],
    ['waiting', { state: 'paused' as const, due_at: null }, 'paused'],
    ['waiting too late', { state: 'paused' as const, due_at: null, breached_at: '2026-03-01T11:00:00Z' }, 'breached'],
    ['met', { met_at: '2026-03-01T11:00:00Z' }, 'met'],
    ['met too late', { met_at: '2026-03-01T11:00:00Z', breached_at: '2026-03-01T10:00:00Z' }, 'met_late'],
  ])('%s', (_, part, look) => {
    expect(slaLook({ ...clock, ...part }, now)).toBe(look);
  });
});

describe('secondsLeft', () => {
  const later = (minutes: number) => now + minutes * 60_000;

  it('passes while the calendar is open, and no longer', () => {
    const open = { ...clock, changes_at: '2026-03-01T12:30:00Z' };
    expect([0, 10, 30, 90].map((minutes) => secondsLeft(open, later(minutes)))).toEqual([10_800, 10_200, 9000, 9000]);
    expect([10, 30].map((minutes) => counts(open, later(minutes)))).toEqual([true, false]);
  });

  it('begins to pass when the calendar opens', () => {
    const closed = { ...clock, is_open: false, changes_at: '2026-03-01T12:30:00Z' };
    expect([0, 30, 40].map((minutes) => secondsLeft(closed, later(minutes)))).toEqual([10_800, 10_800, 10_200]);
    expect([10, 30].map((minutes) => counts(closed, later(minutes)))).toEqual([false, true]);
  });

  it('stays while the clock waits, ends at nothing, and can be unknown', () => {
    expect(secondsLeft({ ...clock, is_open: null, changes_at: null }, later(600))).toBe(10_800);
    expect(secondsLeft({ ...clock, remaining_seconds: 5 }, later(1))).toBe(0);
    expect(secondsLeft({ ...clock, remaining_seconds: null }, later(1))).toBeNull();
  });

  it('counts on the wall once it is used up', () => {
    expect(secondsLate({ due_at: '2026-03-01T11:00:00Z' }, now)).toBe(3600);
    expect(secondsLate({ due_at: null }, now)).toBe(0);
  });
});

describe('mostUrgent', () => {
  it('is what is late, then what is due first', () => {
    const late = { ...clock, due_at: '2026-03-01T11:00:00Z' };
    const soon = { ...clock, due_at: '2026-03-01T13:00:00Z' };
    const met = { ...clock, met_at: '2026-03-01T11:00:00Z' };
    expect(mostUrgent([met, clock, soon, late], now)).toBe(late);
    expect(mostUrgent([met, clock, soon], now)).toBe(soon);
    expect(mostUrgent([], now)).toBeUndefined();
  });
});
