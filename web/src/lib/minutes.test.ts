import { describe, expect, it } from 'vitest';
import { minutesWord, readMinutes } from './minutes';

describe('readMinutes', () => {
  it.each([
    ['90m', 90],
    ['1h 30m', 90],
    ['1h30m', 90],
    ['1:30', 90],
    ['1.5h', 90],
    ['1,5 h', 90],
    ['4', 240],
    ['0m', 0],
    ['', null],
    ['soon', undefined],
    ['4x', undefined],
    ['-1h', undefined],
  ])('%s', (text, minutes) => {
    expect(readMinutes(text)).toBe(minutes);
  });

  it('reads what minutesWord writes', () => {
    for (const minutes of [0, 5, 59, 60, 61, 240, 1445]) expect(readMinutes(minutesWord(minutes))).toBe(minutes);
  });
});
