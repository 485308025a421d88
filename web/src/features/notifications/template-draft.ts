import type { TemplateFault } from '@/api';

export const PARTS = ['subject', 'text', 'html'] as const;
export type Part = (typeof PARTS)[number];
export type Draft = Record<Part, string>;

/** Where in a text a line and column are, both from 1; within the text in any case. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, Math.max(0, line - 1));
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  const here = [...(lines[line - 1] ?? '')].slice(0, Math.max(0, column - 1)).join('');
  return Math.min(text.length, start + here.length);
}

/** The text with something put in place of what is selected, and where the cursor stands then. */
export function insertAt(text: string, from: number, to: number, what: string): { text: string; cursor: number } {
  return { text: text.slice(0, from) + what + text.slice(to), cursor: from + what.length };
}

/** How a value is written in a template. */
export function written(name: string): string {
  return name === 'tickets' ? '{% for ticket in tickets %}{% endfor %}' : `{{ ${name} }}`;
}

/** The fault of a part, if it has one. */
export function faultOf(faults: readonly TemplateFault[], part: Part): TemplateFault | undefined {
  return faults.find((fault) => fault.part === part);
}

export function isSame(one: Draft, other: Draft): boolean {
  return PARTS.every((part) => one[part] === other[part]);
}
