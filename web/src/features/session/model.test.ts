import { describe, expect, it } from 'vitest';
import { homeOf, roomsOf, safeNext, tokenOf } from './model';

describe('roomsOf', () => {
  it.each([
    [['end_user'], ['portal']],
    [['agent'], ['portal', 'agent']],
    [
      ['end_user', 'admin'],
      ['portal', 'agent', 'admin'],
    ],
    [[], ['portal']],
  ])('offers %j the rooms %j', (roles, rooms) => {
    expect(roomsOf(roles)).toEqual(rooms);
  });
});

describe('homeOf', () => {
  it('sends who works on tickets to the console and the others to the portal', () => {
    expect(homeOf(['agent'])).toBe('/agent');
    expect(homeOf(['end_user'])).toBe('/portal');
  });
});

describe('safeNext', () => {
  it('keeps an address inside and refuses every other', () => {
    expect(safeNext('/agent/tickets?peek=INC-1', '/')).toBe('/agent/tickets?peek=INC-1');
    for (const outside of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '',
      undefined,
    ]) {
      expect(safeNext(outside, '/portal')).toBe('/portal');
    }
  });
});

describe('tokenOf', () => {
  it.each([
    ['#token=abc', 'abc'],
    ['token=a%2Bb&x=1', 'a+b'],
    ['#', ''],
    ['', ''],
  ])('of "%s" is "%s"', (hash, token) => {
    expect(tokenOf(hash)).toBe(token);
  });
});
