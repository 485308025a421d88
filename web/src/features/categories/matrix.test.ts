import { expect, it } from 'vitest';
import { matrixCells, matrixValues } from './matrix';

it('reads a matrix and writes it again', () => {
  const cells = {
    high: { high: 'critical', medium: 'high', low: 'medium' },
    medium: { high: 'high', medium: 'medium', low: 'low' },
    low: { high: 'medium', medium: 'low', low: 'low' },
  } as const;
  expect(matrixValues({ cells }).high_low).toBe('medium');
  expect(matrixCells(matrixValues({ cells }))).toEqual(cells);
});
