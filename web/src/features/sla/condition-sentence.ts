import type { Group, Node, Test } from '@/ui/condition-builder/condition';

/** What the parts of a sentence are called in the reader's language. */
export interface SentenceWords {
  /** A single test: `Priority is critical`. */
  test: (test: Test) => string;
  /** A text in CEL. */
  cel: (text: string) => string;
  and: string;
  or: string;
  /** A group none of which may be true. */
  none: (parts: string) => string;
  /** Nothing to test at all. */
  every: string;
}

function say(node: Node, words: SentenceWords, isOutermost: boolean): string {
  if ('test' in node) return words.test(node.test);
  if ('cel' in node) return words.cel(node.cel.trim().split(/\s+/).join(' '));
  const parts = node.parts.map((part) => say(part, words, false));
  if (node.mode === 'none') return words.none(parts.join(` ${words.or} `));
  const text = parts.join(` ${node.mode === 'all' ? words.and : words.or} `);
  return isOutermost || parts.length < 2 ? text : `(${text})`;
}

/** A condition in a sentence: groups within it stand in brackets. */
export function conditionSentence(group: Group, words: SentenceWords): string {
  return group.parts.length === 0 ? words.every : say(group, words, true);
}

/** With a single word in its list, `is one of` is simply `is`. */
export function plainOperator(test: Test): string {
  const isSingle = Array.isArray(test.value) && test.value.length === 1;
  if (isSingle && test.op === 'in') return 'eq';
  return isSingle && test.op === 'not_in' ? 'ne' : test.op;
}

const UNITS: Record<string, string> = { m: 'minute', h: 'hour', d: 'day', w: 'week' };

/** `7d` as a number and a unit of `Intl.NumberFormat`; null where it is no duration of conditions. */
export function readDuration(text: string): { count: number; unit: string } | null {
  const [, count, letter] = /^(\d+)([mhdw])$/.exec(text.trim()) ?? [];
  const unit = UNITS[letter ?? ''];
  return count && unit ? { count: Number(count), unit } : null;
}
