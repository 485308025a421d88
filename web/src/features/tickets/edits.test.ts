import { describe, expect, it } from 'vitest';
import { type Edit, editedValue, patchOf } from './edits';

const CASES: [Edit, object, string][] = [
  [{ field: 'title', value: 'New' }, { title: 'New' }, 'New'],
  [{ field: 'priority', value: 'high', reason: 'boss' }, { priority: 'high', priority_reason: 'boss' }, 'high'],
  [
    { field: 'category', value: { category: 'Hardware', subcategory: null } },
    { category: 'Hardware', subcategory: null },
    'Hardware',
  ],
  [{ field: 'tags', value: ['a', 'b'] }, { tags: ['a', 'b'] }, 'a, b'],
  [{ field: 'requester', value: { id: 'u1', name: 'Lea' } }, { requester_id: 'u1' }, 'Lea'],
  [{ field: 'requested_for', value: null }, { requested_for_id: null }, ''],
  [{ field: 'parent', value: { id: 't', number: 'INC-1', title: 'x' } }, { parent: 'INC-1' }, 'INC-1'],
];

describe('an edit', () => {
  it.each(CASES)('%j asks for its own field alone', (edit, patch, words) => {
    expect(patchOf(edit)).toEqual(patch);
    expect(editedValue(edit)).toBe(words);
  });
});
