import { describe, expect, it, vi } from 'vitest';
import { RowPresence } from './row-presence';

const present = (name: string, activity = 'viewing', seen_at = 'then') => ({
  user: { id: name, name },
  activity,
  seen_at,
});

describe('who has tickets of rows open', () => {
  it('a row hears of its own ticket, and only when something changed', () => {
    const presence = new RowPresence();
    const [one, two] = [vi.fn(), vi.fn()];
    presence.watch('1', one);
    presence.watch('2', two);
    presence.tell([{ ticket_id: '1', people: [present('Lea')] }]);
    const before = presence.of('1');
    presence.tell([{ ticket_id: '1', people: [present('Lea', 'viewing', 'later')] }]);
    expect(presence.of('1')).toBe(before);
    expect(one).toHaveBeenCalledTimes(1);
    presence.tell([{ ticket_id: '1', people: [present('Lea', 'typing')] }]);
    expect(presence.of('1').map(({ activity }) => activity)).toEqual(['typing']);
    expect(one).toHaveBeenCalledTimes(2);
    expect(two).not.toHaveBeenCalled();
  });

  it('who is no longer named is gone', () => {
    const presence = new RowPresence();
    const heard = vi.fn();
    presence.watch('1', heard);
    presence.tell([{ ticket_id: '1', people: [present('Lea')] }]);
    presence.tell([]);
    expect(presence.of('1')).toEqual([]);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('asks about the rows on screen, the latest of too many', () => {
    const presence = new RowPresence();
    const ask = vi.fn();
    presence.listen(ask);
    const leave = presence.watch('b', () => undefined);
    const leaveToo = presence.watch('b', () => undefined);
    presence.watch('a', () => undefined);
    expect(presence.ids()).toEqual(['a', 'b']);
    leave();
    expect(presence.ids()).toEqual(['a', 'b']);
    leaveToo();
    expect(presence.ids()).toEqual(['a']);
    expect(ask).toHaveBeenCalled();
    for (let at = 0; at < 300; at += 1) presence.watch(`c${at}`, () => undefined);
    expect(presence.ids()).toHaveLength(300);
    expect(presence.ids()).not.toContain('a');
  });
});
