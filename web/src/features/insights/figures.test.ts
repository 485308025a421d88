import { describe, expect, it } from 'vitest';
import { figureOf, figureWord, mainMeasure } from './figures';

const measure = (name: string, unit: string) => ({ name, unit, definition: '' });

describe('figures', () => {
  it.each([
    [0, 'seconds', '0s'],
    [59, 'seconds', '59s'],
    [1_500, 'seconds', '25m'],
    [3_600, 'seconds', '1h'],
    [273_600, 'seconds', '3d 4h'],
    [0.925, 'share', '92.5%'],
    [12_345, 'count', '12,345'],
    [null, 'count', '–'],
  ])('%s %s is %s', (value, unit, word) => {
    expect(figureWord(value, unit, 'en')).toBe(word);
  });

  it('are read by the name of their measure', () => {
    const figures = { tickets: 3, share: 0.5, filters: {} };
    expect(figureOf(figures, 'share')).toBe(0.5);
    expect(figureOf(figures, 'p90_seconds')).toBeNull();
  });

  it('draw a share rather than a count', () => {
    expect(mainMeasure([measure('tickets', 'count'), measure('share', 'share')])?.name).toBe('share');
    expect(mainMeasure([measure('tickets', 'count')])?.name).toBe('tickets');
    expect(mainMeasure([])).toBeUndefined();
  });
});
