export const KINDS = ['incident', 'service_request', 'problem', 'change', 'task'] as const;
export type Kind = (typeof KINDS)[number];

export function isKind(word: unknown): word is Kind {
  return KINDS.some((kind) => kind === word);
}

export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'date',
  'select',
  'multi_select',
  'checkbox',
  'user',
  'url',
] as const;
export type FieldTypeName = (typeof FIELD_TYPES)[number];

export function isFieldType(word: unknown): word is FieldTypeName {
  return FIELD_TYPES.some((type) => type === word);
}

/** Whether people choose from a list. */
export function hasOptions(type: string): boolean {
  return type === 'select' || type === 'multi_select';
}

/** A key for a label: lower-case letters, digits and underscores, a letter first. */
export function keyOf(label: string): string {
  return label
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 50);
}

export interface FieldChoice {
  value: string;
  label: string;
}

/** Options as they are typed: one a line; what is kept stays with its line's label where that is known. */
export function optionsOf(lines: string, known: readonly FieldChoice[]): FieldChoice[] {
  const labels = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const unique = [...new Set(labels)];
  return unique.map((label, index) => {
    const same = known.find((option) => option.label === label);
    if (same) return same;
    const before = known[index];
    // A line that was reworded in place keeps its value, so that tickets keep theirs.
    const isReworded = before && unique.length === known.length && !unique.includes(before.label);
    return isReworded ? { value: before.value, label } : { value: keyOf(label) || label, label };
  });
}
