import { expect, it } from 'vitest';
import { durationWords } from './duration-words';

it.each([
  [0, '0 min'],
  [59, '0 min'],
  [60, '1 min'],
  [7500, '2 hr 5 min'],
  [7200, '2 hr'],
  [90_061, '25 hr 1 min'],
  [86_400, '24 hr'],
])('%i seconds are "%s"', (seconds, words) => {
  expect(durationWords(seconds, 'en')).toBe(words);
});
