import { beforeEach, describe, expect, it } from 'vitest';
import { draftKey, readDraft, writeDraft } from './draft';

beforeEach(() => localStorage.clear());

describe('drafts', () => {
  it('come back as they were written', () => {
    const key = draftKey('u1', 'INC-000001');
    expect(writeDraft(localStorage, key, { body: 'half a sent', visibility: 'internal' }, false)).toBe(true);
    expect(readDraft(localStorage, key)).toEqual({ body: 'half a sent', visibility: 'internal' });
  });

  it('belong to one person', () => {
    writeDraft(localStorage, draftKey('u1', 'INC-000001'), { body: 'mine' }, false);
    expect(readDraft(localStorage, draftKey('u2', 'INC-000001'))).toEqual({});
  });

  it('are forgotten when they are empty', () => {
    const key = draftKey('u1', 'INC-000001');
    writeDraft(localStorage, key, { body: 'x' }, false);
    writeDraft(localStorage, key, { body: '' }, true);
    expect(localStorage.getItem(key)).toBeNull();
  });

  it('that are damaged count as none, and a full store is told', () => {
    localStorage.setItem('k', '{"body":');
    expect(readDraft(localStorage, 'k')).toEqual({});
    const full = {
      getItem: () => null,
      removeItem: () => undefined,
      setItem: () => {
        throw new Error('quota');
      },
    };
    expect(writeDraft(full, 'k', { body: 'x' }, false)).toBe(false);
  });
});
