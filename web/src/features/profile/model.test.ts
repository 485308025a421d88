import { describe, expect, it } from 'vitest';
import { byResource, dayOf, grantOf, instantOf, programOf } from './model';

describe('programOf', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0', 'Edge', 'Windows'],
    ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140.0 Mobile Safari/537', 'Chrome', 'Android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604', 'Safari', 'iOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
  ])('of "%s" is %s on %s', (agent, browser, system) => {
    expect(programOf(agent)).toEqual({ browser, system });
  });

  it('does not guess', () => {
    expect(programOf('curl/8.14')).toBeNull();
    expect(programOf('')).toBeNull();
  });
});

describe('days of an absence', () => {
  it('come back as they were given', () => {
    expect(dayOf(instantOf('2026-03-29', 'begin'))).toBe('2026-03-29');
    expect(dayOf(instantOf('2026-10-25', 'end'))).toBe('2026-10-25');
    expect(dayOf(null)).toBe('');
    expect(instantOf('', 'begin')).toBeNull();
    expect(instantOf('2026-99-99', 'end')).toBeNull();
  });

  it('end after they begin', () => {
    expect(Date.parse(instantOf('2026-03-01', 'end') ?? '')).toBeGreaterThan(
      Date.parse(instantOf('2026-03-01', 'begin') ?? ''),
    );
  });
});

describe('permissions of a token', () => {
  const permission = (name: string, scope: string) => ({ name, scope, description: '', roles: [] });

  it('carry their scope and stand together by resource', () => {
    const rows = [permission('ticket:read', 'all'), permission('ticket:create', 'own'), permission('user:read', 'all')];
    expect(rows.map(grantOf)).toEqual(['ticket:read:all', 'ticket:create:own', 'user:read:all']);
    expect(byResource(rows).map(([resource, of]) => [resource, of.length])).toEqual([
      ['ticket', 2],
      ['user', 1],
    ]);
  });
});
