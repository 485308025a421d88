import { expect, it } from 'vitest';
import { toCsv } from './csv';

it('quotes what needs it and disarms formulas', () => {
  expect(
    toCsv(
      ['Name', 'Note'],
      [
        ['Lea "L"', 'a,b'],
        ['=1+1', 'two\nlines'],
      ],
    ),
  ).toBe('Name,Note\r\n"Lea ""L""","a,b"\r\n\'=1+1,"two\nlines"\r\n');
});
