import { describe, expect, it } from 'vitest';
import { mostUrgent, slaLook } from './sla';

const now = Date.parse('2026-03-01T12:00:00Z');
const clock = {
  state: 'running' as const,
  target_minutes: 240,
  due_at: '2026-03-01T15:00:00Z',
  breached_at: null,
  met_at: null,
  as_of: '2026-03-01T11:00:00Z',
  consumed_seconds: 0,
};

describe('slaLook', () => {
  it.each([
    ['far from its end', {}, 'running'],
    ['near its end', { due_at: '2026-03-01T12:40:00Z' }, 'near'],
    ['used up while nobody looked', { due_at: '2026-03-01T11:59:00Z' }, 'breached'],
    ['waiting', { state: 'paused' as const, due_at: null }, 'paused'],
    ['waiting too late', { state: 'paused' as const, due_at: null, breached_at: '2026-03-01T11:00:00Z' }, 'breached'],
    ['met', { met_at: '2026-03-01T11:00:00Z' }, 'met'],
    ['met too late', { met_at: '2026-03-01T11:00:00Z', breached_at: '2026-03-01T10:00:00Z' }, 'met_late'],
  ])('%s', (_, part, look) => {
    expect(slaLook({ ...clock, ...part }, now)).toBe(look);
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
