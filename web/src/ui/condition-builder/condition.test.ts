import { describe, expect, it } from 'vitest';
import { addNode, celPlaces, changeNode, newTest, offsetOf, readCondition, writeCondition } from './condition';

const condition = {
  version: 1,
  all: [{ field: 'priority', op: 'in', value: ['critical', 'high'] }, { any: [{ field: 'assignee', op: 'is_empty' }] }],
};

describe('conditions', () => {
  it('are read and written without a loss', () => {
    expect(writeCondition(readCondition(condition))).toEqual(condition);
  });

  it('keep their texts in CEL, and know where they stand', () => {
    const withCel = { version: 1, any: [{ field: 'team', op: 'is_empty' }, { none: [{ cel: 'now == now' }] }] };
    const tree = readCondition(withCel);
    expect(writeCondition(tree)).toEqual(withCel);
    expect(celPlaces(tree)).toEqual(['/any/1/none/0/cel']);
  });

  it('find a line and column in a text as it is edited', () => {
    const text = "'😀' == 'ö' ||\n  x == 1";
    expect(text.slice(offsetOf(text, 2, 3))).toBe('x == 1');
    expect(text.slice(offsetOf(text, 1, 5), offsetOf(text, 1, 7))).toBe('==');
  });

  it('that hold nothing are true of every ticket', () => {
    expect(writeCondition(readCondition(null))).toBeNull();
    expect(writeCondition(readCondition({ version: 1, all: [] }))).toBeNull();
    expect(writeCondition(readCondition('nonsense'))).toBeNull();
  });

  it('grow, change and shrink at any depth', () => {
    const tree = readCondition(condition);
    const inner = tree.parts[1];
    if (!inner || !('mode' in inner)) throw new Error('a group');
    const grown = addNode(tree, inner.id, newTest('team', 'is_empty'));
    expect(writeCondition(grown)).toEqual({
      version: 1,
      all: [
        condition.all[0],
        {
          any: [
            { field: 'assignee', op: 'is_empty' },
            { field: 'team', op: 'is_empty' },
          ],
        },
      ],
    });
    const test = inner.parts[0];
    const shrunk = changeNode(tree, test?.id ?? 0, () => null);
    expect(writeCondition(shrunk)).toEqual({ version: 1, all: [condition.all[0], { any: [] }] });
  });
});
