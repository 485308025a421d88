import { describe, expect, it } from 'vitest';
import type { CustomFieldView } from '@/api';
import {
  fieldDraft,
  fieldValue,
  fieldValues,
  fieldWords,
  missingFields,
  readFieldDrafts,
  startOfFields,
} from './custom-fields';

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

describe('fields of a new ticket', () => {
  const of = (key: string, type: string, more: Partial<CustomFieldView> = {}) => ({ ...field, key, type, ...more });
  const fields = [
    of('room', 'text', { is_required: true }),
    of('seats', 'number', { default: 2 }),
    of('who', 'user'),
    of('vip', 'checkbox', { default: false }),
  ];

  it('begin with their defaults, under what was typed', () => {
    expect(startOfFields(fields, { room: '12' })).toEqual({ room: '12', seats: '2', who: '', vip: 'false' });
  });

  it('reach the server as it takes them, the empty ones not at all', () => {
    const drafts = startOfFields(fields, { room: '', who: ['u1', 'Lea Fontaine'] });
    expect(fieldValues(fields, drafts)).toEqual({ seats: 2, who: 'u1', vip: false });
    expect(missingFields(fields, drafts)).toEqual(['room']);
  });

  it('survive as the text of a draft; what is no draft is dropped', () => {
    expect(readFieldDrafts(JSON.stringify({ room: '12', who: ['a'], odd: 3 }))).toEqual({ room: '12', who: ['a'] });
    expect(readFieldDrafts('not json')).toEqual({});
    expect(readFieldDrafts('')).toEqual({});
  });
});
