import { describe, expect, it } from 'vitest';
import { openWord, searchedWord, withCompletion, withWord } from './completion';

describe('openWord', () => {
  it.each([
    ['@', 1, { kind: 'person', start: 0, word: '' }],
    ['Ask @jo', 7, { kind: 'person', start: 4, word: 'jo' }],
    ['Ask @jo today', 7, { kind: 'person', start: 4, word: 'jo' }],
    ['(@jonas.w', 9, { kind: 'person', start: 1, word: 'jonas.w' }],
    ['ada@example.com', 15, null],
    ['Ask @jo today', 10, null],
    ['plain', 5, null],
    ['as in #10', 9, { kind: 'ticket', start: 6, word: '10' }],
    ['(#INC-1', 7, { kind: 'ticket', start: 1, word: 'INC-1' }],
    ['wie #übert', 10, { kind: 'ticket', start: 4, word: 'übert' }],
    ['#', 1, null],
    ['# Heading', 9, null],
    ['## Heading', 2, null],
    ['page.html#part', 14, null],
    ['C# is', 5, null],
    ['/', 1, { kind: 'template', start: 0, word: '' }],
    ['Hello\n/gre', 10, { kind: 'template', start: 6, word: 'gre' }],
    ['and/or', 6, null],
    ['see /tmp', 8, null],
    ['/etc/passwd', 11, null],
  ])('in "%s" at %i', (text, caret, expected) => {
    expect(openWord(text, caret)).toEqual(expected);
  });
});

const open = (start: number, word: string) => ({ kind: 'person', start, word }) as const;

it('a word takes the place of what was typed, and one blank follows', () => {
  expect(withWord('Ask @jo today', open(4, 'jo'), '@jonas')).toEqual({ text: 'Ask @jonas today', caret: 11 });
  expect(withWord('Ask @jo', open(4, 'jo'), '@jonas')).toEqual({ text: 'Ask @jonas ', caret: 11 });
});

it('a longer text stands where its word was', () => {
  expect(withCompletion('/gre\nBye', open(0, 'gre'), 'Hello Ada,')).toEqual({ text: 'Hello Ada,\nBye', caret: 10 });
});

it('nothing that was typed meanwhile is taken away', () => {
  expect(withCompletion('other words', open(0, 'gre'), 'Hello. ').text).toBe('Hello. other words');
});

it.each([
  ['42', 'INC-000042'],
  ['inc-42', 'INC-000042'],
  ['REQ000042', 'REQ-000042'],
  ['printer', 'printer'],
  ['INC-', 'INC-'],
])('searches for %s as %s', (word, expected) => {
  expect(searchedWord(word)).toBe(expected);
});
