import { describe, expect, it } from 'vitest';
import { openMention, withMention } from './mentions';

describe('openMention', () => {
  it.each([
    ['@', 1, { start: 0, word: '' }],
    ['Ask @jo', 7, { start: 4, word: 'jo' }],
    ['Ask @jo today', 7, { start: 4, word: 'jo' }],
    ['(@jonas.w', 9, { start: 1, word: 'jonas.w' }],
    ['ada@example.com', 15, null],
    ['Ask @jo today', 10, null],
    ['plain', 5, null],
  ])('in "%s" at %i', (text, caret, expected) => {
    expect(openMention(text, caret)).toEqual(expected);
  });
});

it('a mention takes the place of what was typed, and one blank follows', () => {
  expect(withMention('Ask @jo today', { start: 4, word: 'jo' }, 'jonas')).toEqual({
    text: 'Ask @jonas today',
    caret: 11,
  });
});
