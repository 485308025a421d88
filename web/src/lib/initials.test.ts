import { describe, expect, it } from 'vitest';
import { initials } from './initials';

describe('initials', () => {
  it.each([
    ['Priya Raman', 'PR'],
    ['Ana de la Cruz', 'AC'],
    ['root', 'R'],
    ['  ', ''],
  ])('of "%s" are "%s"', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
