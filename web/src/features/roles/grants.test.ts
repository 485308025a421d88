import { describe, expect, it } from 'vitest';
import { bySection, readGrant, roleSlug, scopeOf, withScope } from './grants';

const grants = ['ticket:read:all', 'user:read:all'];

describe('grants', () => {
  it('are a name and a reach', () => {
    expect(readGrant('ticket:read_internal:team')).toEqual({ name: 'ticket:read_internal', scope: 'team' });
    expect(scopeOf(grants, 'ticket:read')).toBe('all');
    expect(scopeOf(grants, 'ticket:close')).toBeNull();
  });

  it('hold each permission once', () => {
    expect(withScope(grants, 'ticket:read', 'own')).toEqual(['ticket:read:own', 'user:read:all']);
    expect(withScope(grants, 'ticket:read', null)).toEqual(['user:read:all']);
    expect(withScope(grants, 'team:read', 'all')).toEqual(['team:read:all', 'ticket:read:all', 'user:read:all']);
  });

  it('are grouped by what they are about, and nothing is left out', () => {
    const vocabulary = ['robot:feed', 'ticket:read', 'team:read', 'user:read', 'ticket:close'].map((name) => ({
      name,
      description: '',
      scopes: ['all'],
    }));
    expect(bySection(vocabulary).map(([section, list]) => [section, list.map(({ name }) => name)])).toEqual([
      ['tickets', ['ticket:read', 'ticket:close']],
      ['people', ['team:read', 'user:read']],
      ['other', ['robot:feed']],
    ]);
  });
});

describe('roleSlug', () => {
  it('is a name the server takes', () => {
    expect(roleSlug('Night shift-Lead (2)')).toBe('night_shift_lead_2');
  });
});
