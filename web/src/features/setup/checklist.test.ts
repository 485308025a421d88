import { describe, expect, it } from 'vitest';
import { SETUP_ITEMS, type SetupFacts, setupItems } from './checklist';

const NOTHING: SetupFacts = {
  teams: 0,
  people: 1,
  tickets: 0,
  transport: 'files',
  asksAdmins: false,
  mailboxes: 0,
  categories: 0,
  calendars: 0,
  policies: 0,
  templates: 0,
};
const done = (facts: SetupFacts) =>
  setupItems(facts)
    .filter((item) => item.isDone)
    .map((item) => item.name);

describe('setupItems', () => {
  it('lists everything as open on a new server', () => {
    expect(setupItems(NOTHING).map((item) => item.name)).toEqual(SETUP_ITEMS);
    expect(done(NOTHING)).toEqual([]);
  });

  it.each([
    [{ teams: 1 }, ['team']],
    [{ people: 2 }, ['people']],
    [{ tickets: 1 }, ['ticket']],
    [{ transport: 'smtp' }, ['mail']],
    [{ asksAdmins: true }, ['rules']],
    [{ mailboxes: 1 }, ['mailbox']],
    [{ categories: 3 }, ['categories']],
    [{ calendars: 1 }, []],
    [{ policies: 1 }, []],
    [{ calendars: 1, policies: 1 }, ['sla']],
    [{ templates: 1 }, ['templates']],
  ])('with %o is done: %j', (facts, expected) => {
    expect(done({ ...NOTHING, ...facts })).toEqual(expected);
  });

  it('leaves out what could not be asked', () => {
    expect(setupItems({ teams: 1 }).map((item) => item.name)).toEqual(['team']);
    expect(setupItems({})).toEqual([]);
    // A calendar alone says nothing about policies that may not be read.
    expect(setupItems({ calendars: 1 })).toEqual([]);
  });

  it('leads to the calendar before the policy', () => {
    const to = (facts: SetupFacts) => setupItems(facts).find((item) => item.name === 'sla')?.to;
    expect(to(NOTHING)).toBe('/admin/calendars');
    expect(to({ ...NOTHING, calendars: 1 })).toBe('/admin/policies');
  });
});
