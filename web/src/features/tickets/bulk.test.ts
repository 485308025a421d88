import { expect, it } from 'vitest';
import { chunks } from './bulk';

it('parts a long list and loses nothing', () => {
  const numbers = Array.from({ length: 7 }, (_, index) => `INC-${index}`);
  expect(chunks(numbers, 3).map((part) => part.length)).toEqual([3, 3, 1]);
  expect(chunks(numbers, 3).flat()).toEqual(numbers);
  expect(chunks([], 3)).toEqual([]);
});
