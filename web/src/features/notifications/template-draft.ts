import type { NotificationTemplateInput, TemplateFault } from '@/api';

const PARTS = ['subject', 'text', 'html'] as const;
export type Part = (typeof PARTS)[number];
export type Draft = Record<Part, string>;

/** The parts that are written: a message has a text only. */
export function partsOf(medium: string): readonly Part[] {
  return medium === 'email' ? PARTS : ['text'];
}

/** Most characters of the source of a part. */
export function longestOf(medium: string, part: Part): number {
  if (part === 'subject') return 500;
  return medium === 'email' ? 20_000 : 2_000;
}

/** What is kept, for writing on; parts that a message has not are empty. */
export function draftOf(kept: { subject?: string | null; text: string; html?: string | null }): Draft {
  return { subject: kept.subject ?? '', text: kept.text, html: kept.html ?? '' };
}

/** What was written, as it is sent. */
export function inputOf(medium: string, { subject, text, html }: Draft): NotificationTemplateInput {
  return medium === 'email' ? { subject, text, html } : { text };
}

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
  if (name === 'tickets') return '{% for ticket in tickets %}{% endfor %}';
  return name === 'items' ? "{{ items | join('\\n') }}" : `{{ ${name} }}`;
}

/** The fault of a part, if it has one. */
export function faultOf(faults: readonly TemplateFault[], part: Part): TemplateFault | undefined {
  return faults.find((fault) => fault.part === part);
}

export function isSame(one: Draft, other: Draft): boolean {
  return PARTS.every((part) => one[part] === other[part]);
}
