import { expect, it } from 'vitest';
import { durationWords } from './duration';

it.each([
  [0, '0 min'],
  [59, '0 min'],
  [60, '1 min'],
  [7500, '2 hr 5 min'],
  [7200, '2 hr'],
  [90_061, '1 day 1 hr'],
  [86_460, '1 day'],
])('%i seconds are "%s"', (seconds, words) => {
  expect(durationWords(seconds, 'en')).toBe(words);
});
