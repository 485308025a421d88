import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '@/api';
import { isSaid, joined, type Unsent, UnsentBox } from './unsent';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    kept,
  };
}

const message = (part: Partial<Unsent> = {}): Unsent => ({
  body: 'Try it again',
  visibility: 'public',
  once: 'a',
  at: Date.parse('2026-01-15T10:00:00Z'),
  state: 'sending',
  ...part,
});

describe('what is being sent', () => {
  it('is left behind by a page that is closed, and found by the next one', () => {
    const store = storage();
    new UnsentBox(() => store).put('k', message({ verb: 'hold', visibility: 'internal' }));
    expect(new UnsentBox(() => store).list('k')).toEqual([
      message({ verb: 'hold', visibility: 'internal', state: 'left' }),
    ]);
  });

  it('leaves nothing behind once it is sent', () => {
    const store = storage();
    const box = new UnsentBox(() => store);
    box.put('k', message());
    box.remove('k', 'a');
    expect([box.list('k'), store.kept.size]).toEqual([[], 0]);
  });

  it('keeps its place when it was refused, and tells whoever listens', () => {
    const box = new UnsentBox(() => storage());
    let told = 0;
    box.listen(() => {
      told += 1;
    });
    box.put('k', message());
    box.put('k', message({ once: 'b' }));
    box.change('k', 'a', { state: 'refused', reason: 'Closed.' });
    expect(box.list('k').map(({ once, state }) => [once, state])).toEqual([
      ['a', 'refused'],
      ['b', 'sending'],
    ]);
    expect(told).toBe(3);
  });

  it('is nothing where the device keeps something else under its name', () => {
    const store = storage();
    store.setItem('k', JSON.stringify({ list: '[{"body":1},null,"x"]' }));
    store.setItem('l', JSON.stringify({ list: '{' }));
    const box = new UnsentBox(() => store);
    expect([box.list('k'), box.list('l')]).toEqual([[], []]);
  });
});

describe('isSaid', () => {
  const item = (part: Partial<TimelineItem> = {}): TimelineItem => ({
    id: 'i',
    type: 'comment',
    at: '2026-01-15T10:00:01Z',
    actor: { id: 'me', name: 'Priya Raman' },
    body: 'Try it again',
    visibility: 'public',
    ...part,
  });
  it.each([
    ['the same words', item(), true],
    ['words that lost their margin on the way', item({ body: 'Try it again\n' }), true],
    ['the same words of before', item({ at: '2026-01-15T09:00:00Z' }), false],
    ['the same words of a colleague', item({ actor: { id: 'other', name: 'Jonas Weber' } }), false],
    ['the same words for other readers', item({ visibility: 'internal' }), false],
    ['other words', item({ body: 'Something else' }), false],
  ])('%s', (_, said, expected) => {
    expect(isSaid(message(), [said], 'me')).toBe(expected);
  });
});

describe('joined', () => {
  it('puts what comes back below what is being written, for the smaller circle of readers', () => {
    const draft = { body: 'Next: ', visibility: 'public' as const };
    expect(joined(draft, message({ visibility: 'internal' }))).toEqual({
      body: 'Next:\n\nTry it again',
      visibility: 'internal',
    });
    expect(joined({ ...draft, body: ' ' }, message())).toEqual({ body: 'Try it again', visibility: 'public' });
  });
});
