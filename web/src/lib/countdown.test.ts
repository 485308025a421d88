import { expect, it } from 'vitest';
import { clockText, countdown } from './countdown';

it('counts down to a moment and on past it', () => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  expect(clockText(countdown('2026-03-01T10:12:03Z', now))).toBe('12:03');
  expect(clockText(countdown('2026-03-01T12:00:05Z', now))).toBe('2:00:05');
  expect(countdown('2026-03-01T09:59:00Z', now)).toMatchObject({ isOver: true, minutes: 1 });
});
