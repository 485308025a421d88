import { describe, expect, it } from 'vitest';
import { keyOf, optionsOf } from './kinds';

describe('keyOf', () => {
  it('makes a key the server takes', () => {
    expect(keyOf('2. Gerät (neu)')).toBe('gera_t_neu');
    expect(keyOf('Cost centre')).toBe('cost_centre');
  });
});

describe('optionsOf', () => {
  const known = [
    { value: 'a', label: 'Alpha' },
    { value: 'b', label: 'Beta' },
  ];

  it('keeps the value of a line that is there already, wherever it moved', () => {
    expect(optionsOf('Beta\nAlpha', known)).toEqual([known[1], known[0]]);
  });

  it('keeps the value of a line that was reworded', () => {
    expect(optionsOf('Alpha\nBravo', known)).toEqual([known[0], { value: 'b', label: 'Bravo' }]);
  });

  it('makes values for new lines, and leaves out blank and double ones', () => {
    expect(optionsOf('Alpha\n\nBeta\nGamma ray\nBeta', known)).toEqual([
      ...known,
      { value: 'gamma_ray', label: 'Gamma ray' },
    ]);
  });
});
