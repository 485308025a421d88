import { describe, expect, it } from 'vitest';
import type { CustomFieldView } from '@/api';
import { fieldDraft, fieldValue, fieldWords } from './custom-fields';

const field: CustomFieldView = {
  id: 'f',
  kind: 'incident',
  key: 'room',
  type: 'multi_select',
  label: 'Room',
  help: '',
  is_required: false,
  is_internal: false,
  is_active: true,
  options: [{ value: 'a', label: 'Room A' }],
  position: 0,
  version: 1,
  created_at: '',
  updated_at: '',
};
const words = { yes: 'Yes', no: 'No' };

describe('fieldWords', () => {
  it.each([
    [null, ''],
    ['', ''],
    [true, 'Yes'],
    [false, 'No'],
    [7, '7'],
    ['a', 'Room A'],
    [['a', 'gone'], 'Room A, gone'],
    [{ id: 'u', name: 'Lea' }, 'Lea'],
  ])('%j reads "%s"', (value, text) => {
    expect(fieldWords(field, value, words)).toBe(text);
  });
});

describe('fieldValue', () => {
  it.each([
    ['number', '7', 7],
    ['checkbox', 'true', true],
    ['checkbox', 'false', false],
    ['text', ' ', null],
    ['multi_select', [], null],
    ['multi_select', ['a'], ['a']],
    ['user', 'u1', 'u1'],
  ])('%s %j becomes %j', (type, draft, value) => {
    expect(fieldValue(type, draft)).toEqual(value);
  });

  it('comes from what the server sent', () => {
    expect(fieldDraft({ id: 'u', name: 'Lea' })).toBe('u');
    expect(fieldDraft(['a'])).toEqual(['a']);
    expect(fieldDraft(undefined)).toBe('');
    expect(fieldDraft(true)).toBe('true');
  });
});
