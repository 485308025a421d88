import { expect, it } from 'vitest';
import { firstPassword } from './first-password';

it('has four groups of letters that do not look alike, and is never the same', () => {
  const many = new Set(Array.from({ length: 50 }, () => firstPassword()));
  expect(many.size).toBe(50);
  for (const password of many) expect(password).toMatch(/^([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/);
});

it('uses what the random source gives', () => {
  expect(firstPassword((bytes) => bytes.fill(0))).toBe('aaaa-aaaa-aaaa-aaaa');
});
