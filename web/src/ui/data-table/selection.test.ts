import { describe, expect, it } from 'vitest';
import { allOrNone, extended, toggled } from './selection';

const ids = ['a', 'b', 'c', 'd'];

describe('selection', () => {
  it('takes a row in and out, and leaves the old set alone', () => {
    const before = new Set(['a']);
    expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
    expect([...toggled(before, 'a')]).toEqual([]);
    expect([...before]).toEqual(['a']);
  });

  it('grows from the anchor in both directions and keeps what was chosen', () => {
    expect([...extended(new Set(['a']), ids, 'd', 'b')].toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect([...extended(new Set(), ids, null, 'c')]).toEqual(['c']);
    expect([...extended(new Set(), ids, 'gone', 'c')]).toEqual(['c']);
  });

  it('takes all rows, and none when all are chosen', () => {
    expect(allOrNone(new Set(['a']), ids).size).toBe(4);
    expect(allOrNone(new Set(ids), ids).size).toBe(0);
  });
});
