import { describe, expect, it } from 'vitest';
import type { CategoryView } from '@/api';
import { dropPlace, placeOf, stepPlace, subtree, visibleRows } from './tree';

const node = (id: string, parent_id: string | null): CategoryView => ({
  id,
  name: id,
  parent_id,
  path: [id],
  is_active: true,
  position: 0,
  child_count: 0,
  version: 1,
  created_at: '',
  updated_at: '',
});
//  a ─ a1, a2 ─ a21      b
const all = [node('a', null), node('a1', 'a'), node('a2', 'a'), node('a21', 'a2'), node('b', null)];

describe('visibleRows', () => {
  it('lists parents before children, with level and place', () => {
    const rows = visibleRows(all, new Set());
    expect(rows.map(({ category, level, number }) => `${category.id}:${level}:${number}`)).toEqual([
      'a:1:1',
      'a1:2:1',
      'a2:2:2',
      'a21:3:1',
      'b:1:2',
    ]);
  });

  it('leaves out what is below a closed one', () => {
    expect(visibleRows(all, new Set(['a'])).map((row) => row.category.id)).toEqual(['a', 'b']);
  });
});

describe('dropPlace', () => {
  it('never puts a category below itself', () => {
    expect([...subtree(all, 'a')].toSorted()).toEqual(['a', 'a1', 'a2', 'a21']);
    expect(dropPlace(all, 'a', 'a21', 'inside')).toBeNull();
    expect(dropPlace(all, 'a', 'a', 'after')).toBeNull();
  });

  it('counts places without the one that moves', () => {
    expect(dropPlace(all, 'a1', 'a2', 'after')).toEqual({ parent_id: 'a', position: 1 });
    expect(dropPlace(all, 'a2', 'a1', 'before')).toEqual({ parent_id: 'a', position: 0 });
    expect(dropPlace(all, 'b', 'a', 'inside')).toEqual({ parent_id: 'a', position: 2 });
    expect(dropPlace(all, 'a21', 'b', 'after')).toEqual({ parent_id: null, position: 2 });
  });
});

describe('stepPlace', () => {
  it('goes up, down, in and out', () => {
    expect(stepPlace(all, 'a2', 'up')).toEqual({ parent_id: 'a', position: 0 });
    expect(stepPlace(all, 'a1', 'down')).toEqual({ parent_id: 'a', position: 1 });
    expect(stepPlace(all, 'b', 'in')).toEqual({ parent_id: 'a', position: 2 });
    expect(stepPlace(all, 'a2', 'out')).toEqual({ parent_id: null, position: 1 });
  });

  it('stops at the ends', () => {
    expect(stepPlace(all, 'a1', 'up')).toBeNull();
    expect(stepPlace(all, 'b', 'down')).toBeNull();
    expect(stepPlace(all, 'a', 'in')).toBeNull();
    expect(stepPlace(all, 'b', 'out')).toBeNull();
  });

  it('can be taken back', () => {
    const [, , a2] = all;
    expect(a2 && placeOf(all, a2)).toEqual({ parent_id: 'a', position: 1 });
  });
});
