import type { CustomFieldView, KindWord } from '@/api';

const KINDS: Readonly<Record<string, KindWord>> = {
  incident: 'incident',
  service_request: 'service_request',
  problem: 'problem',
  change: 'change',
  task: 'task',
};

/** The kind of a ticket as the list of fields is asked for. */
export function fieldKind(kind: string): KindWord | undefined {
  return KINDS[kind];
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
    ? value.name
    : String(value);
}

/** A person's id in the value of a field. */
export function idIn(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null;
}

/** The value of a field in words; nothing when there is none. */
export function fieldWords(field: CustomFieldView, value: unknown, words: { yes: string; no: string }): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  const label = (choice: unknown) => field.options.find((option) => option.value === choice)?.label ?? nameOf(choice);
  return Array.isArray(value) ? value.map(label).join(', ') : label(value);
}

/** What a form holds while the value is being changed. */
export function fieldDraft(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.map(String);
  if (value === null || value === undefined) return '';
  return idIn(value) ?? String(value);
}

/** What the server is sent for a draft; `null` takes the value away. */
export function fieldValue(type: string, draft: string | string[]): unknown {
  if (Array.isArray(draft)) return draft.length > 0 ? draft : null;
  if (draft.trim() === '') return null;
  if (type === 'number') return Number(draft);
  if (type === 'checkbox') return draft === 'true';
  return draft;
}
