import { describe, expect, it } from 'vitest';
import { changesOf, contestedFields } from './three-way';

const base = { name: 'Ines', skills: ['sql'], phone: '' };

describe('changesOf', () => {
  it('holds what differs, lists by their items', () => {
    expect(changesOf(base, { name: 'Ines', skills: ['sql'], phone: '1' })).toEqual({ phone: '1' });
    expect(changesOf(base, { name: 'Ines', skills: ['sql', 'dns'], phone: '' })).toEqual({ skills: ['sql', 'dns'] });
  });
});

describe('contestedFields', () => {
  it('is empty where each side changed something else', () => {
    expect(contestedFields(base, { ...base, name: 'Inés' }, { ...base, phone: '1' })).toEqual([]);
  });

  it('is empty where both came to the same', () => {
    expect(contestedFields(base, { ...base, phone: '1' }, { ...base, phone: '1' })).toEqual([]);
  });

  it('names what both changed differently', () => {
    expect(contestedFields(base, { ...base, phone: '1' }, { ...base, phone: '2', name: 'I' })).toEqual(['phone']);
  });
});
