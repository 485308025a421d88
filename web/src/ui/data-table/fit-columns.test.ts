import { describe, expect, it } from 'vitest';
import { columnsToDrop } from './fit-columns';

const columns = [
  { id: 'number', size: 100, dropOrder: 0 },
  { id: 'title', size: 200, dropOrder: 0 },
  { id: 'team', size: 100, dropOrder: 1 },
  { id: 'updated', size: 100, dropOrder: 2 },
];

describe('columnsToDrop', () => {
  it('drops nothing where all fits', () => {
    expect(columnsToDrop(columns, 500)).toEqual([]);
  });

  it('drops the least important first, and the essential never', () => {
    expect(columnsToDrop(columns, 499)).toEqual(['updated']);
    expect(columnsToDrop(columns, 100)).toEqual(['updated', 'team']);
  });
});
