import { describe, expect, it } from 'vitest';
import { isBlank, likeness, mostLike, ownTexts, tellingWords, waitingFirst } from './model';

describe('drafts', () => {
  const empty = { title: '', impact: 'low' };

  it('are blank while nothing was typed', () => {
    expect(isBlank({ title: ' ', impact: 'low' }, empty)).toBe(true);
    expect(isBlank({ title: '', impact: 'high' }, empty)).toBe(false);
    expect(isBlank({ title: 'VPN', impact: 'low' }, empty)).toBe(false);
  });

  it('take only texts of the form', () => {
    expect(ownTexts({ title: 'VPN', impact: 3, other: 'x', toString: 'y' }, empty)).toEqual({ title: 'VPN' });
  });
});

describe('what waits for the requester', () => {
  it('comes first and keeps its order', () => {
    const rows = [{ status: 'new' }, { status: 'resolved' }, { status: 'on_hold' }];
    expect(waitingFirst(rows).map((row) => row.status)).toEqual(['resolved', 'new', 'on_hold']);
  });
});

describe('likeness', () => {
  it('looks at words, not at accents, case or order', () => {
    expect(tellingWords('Der Drücker, im 3. OG: DRÜCKER')).toEqual(['der', 'drucker']);
    expect(likeness(tellingWords('vpn drops'), 'Drops of the VPN every hour')).toBe(1);
    expect(likeness(tellingWords('print'), 'Printer jam')).toBe(1);
    expect(likeness([], 'anything')).toBe(0);
  });

  it('offers the best three and nothing far off', () => {
    const titles = ['VPN drops', 'VPN slow', 'Printer jam', 'VPN drops on Mondays', 'VPN'];
    expect(mostLike('vpn drops often', titles, (title) => title)).toEqual(['VPN drops', 'VPN drops on Mondays']);
    expect(mostLike('a', titles, (title) => title)).toEqual([]);
  });
});
