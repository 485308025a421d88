import { expect, it } from 'vitest';
import { durationWords, roughWords, wallWords } from './duration-words';

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

it.each([
  [0, '0 min'],
  [7500, '2 hr 5 min'],
  [86_399, '23 hr 59 min'],
  [86_400, '1 day'],
  [98_000, '1 day 3 hr'],
  [6 * 86_400 + 3600, '6 days 1 hr'],
  [78 * 86_400 + 7200, '78 days'],
])('on the wall %i seconds are "%s"', (seconds, words) => {
  expect(wallWords(seconds, 'en')).toBe(words);
});

it.each([
  [0, '0 min'],
  [3599, '59 min'],
  [7500, '2 hr'],
  [86_399, '23 hr'],
  [6 * 86_400 + 82_800, '6 days'],
])('without room %i seconds are "%s"', (seconds, words) => {
  expect(roughWords(seconds, 'en')).toBe(words);
});
