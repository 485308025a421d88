import { expect, it } from 'vitest';
import { bytesWord } from './bytes';

it('says bytes in the unit people use', () => {
  expect(bytesWord(0, 'en')).toBe('0 byte');
  expect(bytesWord(1_500, 'en')).toBe('1.5 kB');
  expect(bytesWord(2_400_000_000, 'en')).toBe('2.4 GB');
  expect(bytesWord(71_000_000_000, 'en')).toBe('71 GB');
});
