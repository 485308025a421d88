import { expect, it } from 'vitest';
import { fileSize } from './file-size';

it.each([
  [0, 'en', '0 byte'],
  [999, 'en', '999 byte'],
  [12_400, 'en', '12 kB'],
  [2_440_000, 'en', '2.4 MB'],
  [2_440_000, 'de', '2,4 MB'],
  [5_000_000_000_000, 'en', '5,000 GB'],
])('%i bytes in %s are "%s"', (bytes, locale, words) => {
  expect(fileSize(bytes, locale).replaceAll(/\s/g, ' ')).toBe(words);
});
