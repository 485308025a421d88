import { describe, expect, it } from 'vitest';
import { exactTime, relativeTime } from './time';

const now = Date.parse('2026-03-01T12:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['2026-03-01T11:59:30Z', 'now'],
    ['2026-03-01T11:57:00Z', '3 minutes ago'],
    ['2026-03-01T09:00:00Z', '3 hours ago'],
    ['2026-02-28T11:00:00Z', 'yesterday'],
    ['2026-03-03T12:00:00Z', 'in 2 days'],
    ['2025-03-01T12:00:00Z', 'last year'],
  ])('says %s as "%s"', (at, words) => {
    expect(relativeTime(at, now, 'en')).toBe(words);
  });
});

describe('exactTime', () => {
  it("is told in the reader's zone", () => {
    expect(exactTime('2026-03-01T23:30:00Z', 'en-GB', 'Europe/Berlin')).toBe('2 Mar 2026, 00:30');
  });
});
