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

/** What a form holds of a value: a text, several choices, or the id and the name of a person. */
export type FieldDraft = string | string[];

/** What a form holds while the value is being changed. */
export function fieldDraft(value: unknown): FieldDraft {
  if (Array.isArray(value)) return value.map(String);
  if (value === null || value === undefined) return '';
  return idIn(value) ?? String(value);
}

/** What the server is sent for a draft; `null` takes the value away. */
export function fieldValue(type: string, draft: FieldDraft): unknown {
  if (type === 'user') return (Array.isArray(draft) ? draft[0] : draft) || null;
  if (Array.isArray(draft)) return draft.length > 0 ? draft : null;
  if (draft.trim() === '') return null;
  if (type === 'number') return Number(draft);
  if (type === 'checkbox') return draft === 'true';
  return draft;
}

/** What a form holds of all its fields, by key. */
export type FieldDrafts = Readonly<Record<string, FieldDraft>>;

function isDraft(value: unknown): value is FieldDraft {
  return typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
}

/** Reads what a draft keeps as text; what is no field is left out. */
export function readFieldDrafts(text: string): FieldDrafts {
  try {
    const read: unknown = JSON.parse(text || '{}');
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, FieldDraft] => isDraft(entry[1])));
  } catch {
    return {};
  }
}

/** What a new ticket begins with in its own fields: the defaults, under what was typed. */
export function startOfFields(fields: readonly CustomFieldView[], drafts: FieldDrafts): FieldDrafts {
  return Object.fromEntries(fields.map(({ key, default: usual }) => [key, drafts[key] ?? fieldDraft(usual)]));
}

/** The values of a new ticket as the server takes them; what is empty is left to its defaults. */
export function fieldValues(fields: readonly CustomFieldView[], drafts: FieldDrafts): Record<string, unknown> {
  const values = fields.map(({ key, type }) => [key, fieldValue(type, drafts[key] ?? '')] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== null));
}

/** Fields that must be filled and are not. */
export function missingFields(fields: readonly CustomFieldView[], drafts: FieldDrafts): string[] {
  return fields
    .filter((field) => field.is_required && fieldValue(field.type, drafts[field.key] ?? '') === null)
    .map((field) => field.key);
}
