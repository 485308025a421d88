import { expect, it } from 'vitest';
import { toCsv } from './csv';

it('quotes what needs quotes and disarms formulas', () => {
  expect(
    toCsv(
      ['a', 'b'],
      [
        ['x,"y"', '=1+1'],
        ['line\nbreak', 'plain'],
        ['', '@me'],
      ],
    ),
  ).toBe('a,b\r\n"x,""y""",\'=1+1\r\n"line\nbreak",plain\r\n,\'@me');
});
