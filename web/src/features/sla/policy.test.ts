import { describe, expect, it } from 'vitest';
import { minutesIn, reordered, USUAL_TARGETS, withMinutes } from './policy';

describe('targets', () => {
  it('are read and written by metric', () => {
    expect(minutesIn(USUAL_TARGETS.critical, 'response')).toBe(15);
    expect(minutesIn(USUAL_TARGETS.critical, 'next_update')).toBeNull();
    expect(minutesIn(withMinutes(USUAL_TARGETS.low, 'next_update', 60), 'next_update')).toBe(60);
  });
});

describe('reordered', () => {
  const policies = ['a', 'b', 'c'].map((id, position) => ({
    id,
    name: id,
    agreement: 'sla' as const,
    position,
    is_active: true,
    calendar_id: 'x',
    targets: USUAL_TARGETS,
    version: 1,
    created_at: '',
    updated_at: '',
  }));

  it('moves one to another place', () => {
    expect(reordered(policies, 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(reordered(policies, 'a', 1)).toEqual(['b', 'a', 'c']);
    expect(reordered(policies, 'a', 2)).toEqual(['b', 'c', 'a']);
  });
});
