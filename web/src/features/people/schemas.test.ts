import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isFiltered, userQuery, userSearchSchema } from './schemas';

describe('userSearchSchema', () => {
  it('drops what is not valid and keeps the rest', () => {
    expect(v.parse(userSearchSchema, { q: 'lea', state: 'gone', page: 0, team: 'x', sort: 'a;b' })).toEqual({
      q: 'lea',
    });
  });
});

describe('userQuery', () => {
  it('turns words of the address into parameters of the API', () => {
    expect(userQuery({ q: 'lea', state: 'inactive', role: ['agent', 'admin'], sort: '-email' })).toMatchObject({
      search: 'lea',
      is_active: false,
      role: 'agent,admin',
      sort: '-email',
    });
    expect(userQuery({}).is_active).toBeUndefined();
  });
});

describe('isFiltered', () => {
  it('is about who is shown, not about page and order', () => {
    expect(isFiltered({ page: 2, sort: 'email', role: [] })).toBe(false);
    expect(isFiltered({ role: ['agent'] })).toBe(true);
  });
});
