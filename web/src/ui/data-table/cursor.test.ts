import { describe, expect, it } from 'vitest';
import { rangeBetween, stepCursor } from './cursor';

const ids = ['a', 'b', 'c'];

describe('stepCursor', () => {
  it('starts at the near end and stops at both', () => {
    expect(stepCursor(ids, null, 1)).toBe('a');
    expect(stepCursor(ids, null, -1)).toBe('c');
    expect(stepCursor(ids, 'a', 1)).toBe('b');
    expect(stepCursor(ids, 'c', 1)).toBe('c');
    expect(stepCursor(ids, 'a', -1)).toBe('a');
    expect(stepCursor([], 'a', 1)).toBeNull();
  });

  it('begins again when its row is gone', () => {
    expect(stepCursor(ids, 'gone', 1)).toBe('a');
  });
});

describe('rangeBetween', () => {
  it('works in both directions', () => {
    expect(rangeBetween(ids, 'c', 'a')).toEqual(['a', 'b', 'c']);
    expect(rangeBetween(ids, 'b', 'c')).toEqual(['b', 'c']);
  });

  it('is one row when the other end is gone', () => {
    expect(rangeBetween(ids, 'gone', 'b')).toEqual(['b']);
  });
});
