import { describe, expect, it } from 'vitest';
import { readCondition } from '@/ui/condition-builder/condition';
import { conditionSentence, plainOperator, readDuration } from './condition-sentence';

const words = {
  cel: (text: string) => `“${text}”`,
  test: ({ field, op, value }: { field: string; op: string; value?: unknown }) => `${field} ${op} ${String(value)}`,
  and: 'und',
  or: 'oder',
  none: (parts: string) => `nichts davon: ${parts}`,
  every: 'Jedes Ticket',
};
const test = (field: string) => ({ field, op: 'eq', value: 1 });

describe('a condition in a sentence', () => {
  it.each([
    ['no condition', null, 'Jedes Ticket'],
    ['one test', { all: [test('a')] }, 'a eq 1'],
    ['all of several', { all: [test('a'), test('b')] }, 'a eq 1 und b eq 1'],
    ['any of several', { any: [test('a'), test('b')] }, 'a eq 1 oder b eq 1'],
    [
      'a group within a group',
      { all: [test('a'), { any: [test('b'), test('c')] }] },
      'a eq 1 und (b eq 1 oder c eq 1)',
    ],
    ['a group of one', { all: [test('a'), { any: [test('b')] }] }, 'a eq 1 und b eq 1'],
    ['none of several', { none: [test('a'), test('b')] }, 'nichts davon: a eq 1 oder b eq 1'],
  ])('%s', (_name, condition, expected) => {
    expect(conditionSentence(readCondition(condition && { version: 1, ...condition }), words)).toBe(expected);
  });

  it('says "is" where a list has one word', () => {
    expect(plainOperator({ field: 'priority', op: 'in', value: ['high'] })).toBe('eq');
    expect(plainOperator({ field: 'priority', op: 'not_in', value: ['high'] })).toBe('ne');
    expect(plainOperator({ field: 'priority', op: 'in', value: ['high', 'low'] })).toBe('in');
    expect(plainOperator({ field: 'tags', op: 'contains_any', value: ['x'] })).toBe('contains_any');
  });

  it('reads durations', () => {
    expect(readDuration('7d')).toEqual({ count: 7, unit: 'day' });
    expect(readDuration(' 90m ')).toEqual({ count: 90, unit: 'minute' });
    expect(readDuration('1h 30m')).toBeNull();
    expect(readDuration('soon')).toBeNull();
  });
});
