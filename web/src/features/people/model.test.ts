import { describe, expect, it } from 'vitest';
import { dayOf, startOf, userPatch } from './model';

describe('days', () => {
  it('come back as they went', () => {
    expect(dayOf(startOf('2026-12-24'))).toBe('2026-12-24');
  });

  it('are nothing where nothing is', () => {
    expect(dayOf(null)).toBe('');
    expect(startOf('')).toBeNull();
    expect(startOf('never')).toBeNull();
  });
});

describe('userPatch', () => {
  it('sends only what changed, and null for what was emptied', () => {
    expect(userPatch({ phone: ' ', max_open_tickets: '', first_name: 'Léa' })).toEqual({
      phone: null,
      max_open_tickets: null,
      first_name: 'Léa',
    });
    expect(userPatch({ max_open_tickets: 0 })).toEqual({ max_open_tickets: 0 });
    expect(userPatch({})).toEqual({});
  });
});
