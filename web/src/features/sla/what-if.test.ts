import { describe, expect, it } from 'vitest';
import { periodUntil, pointsBetween, withDraft } from './what-if';

const targets = { critical: {}, high: {}, medium: {}, low: {} };
const policy = (id: string, change = {}) => ({
  id,
  agreement: 'sla' as const,
  is_active: true,
  condition: null,
  calendar_id: `calendar of ${id}`,
  targets,
  ...change,
});

describe('withDraft', () => {
  it('is the active policies with requesters, one of them changed, in their order', () => {
    const all = [policy('a'), policy('b', { agreement: 'ola' }), policy('c', { is_active: false }), policy('d')];
    const drafts = withDraft(all, policy('d', { calendar_id: 'other' }));
    expect(drafts.map((draft) => draft.calendar_id)).toEqual(['calendar of a', 'other']);
  });

  it('counts a draft as in use', () => {
    const sleeping = policy('c', { is_active: false });
    expect(withDraft([policy('a'), sleeping], sleeping)).toHaveLength(2);
  });
});

describe('pointsBetween', () => {
  const share = (compliance: number | null) => ({ met: 0, breached: 0, open: 0, compliance });
  it.each([
    [0.9, 0.95, 5],
    [0.95, 0.9, -5],
    [0.5, 0.5, 0],
    [null, 0.5, null],
    [0.5, null, null],
  ])('from %s to %s', (before, after, points) => {
    expect(pointsBetween(share(before), share(after))).toBe(points);
  });
});

describe('periodUntil', () => {
  it('ends now', () => {
    const now = Date.parse('2026-03-31T00:00:00Z');
    expect(periodUntil('30d', now)).toEqual({ from: '2026-03-01T00:00:00.000Z', to: '2026-03-31T00:00:00.000Z' });
  });
});
