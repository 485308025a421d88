import { expect, it } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-time';

it('shows an instant in the reader’s zone and reads it again', () => {
  expect(fromLocalInput(toLocalInput('2026-03-28T23:30:00Z'))).toBe('2026-03-28T23:30:00Z');
  expect(toLocalInput(null)).toBe('');
  expect(toLocalInput('never')).toBe('');
  expect(fromLocalInput('')).toBeNull();
});
