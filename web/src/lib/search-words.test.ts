import { describe, expect, it } from 'vitest';
import { isUnfinished, pauseAfter, plainWords } from './search-words';

describe('isUnfinished', () => {
  it.each([
    ['is:', true],
    ['vpn is:op', true],
    ['is:open', false],
    ['is:open ', false],
    ['IS:Open', false],
    ['sla:breach', true],
    ['sla:breached', false],
    ['status:new,ass', true],
    ['status:new,assigned', false],
    ['assignee:jo', true],
    ['assignee:me', false],
    ['team:"Service', true],
    ['team:"Service"', false],
    ['tag:vpn', false],
    ['https://x.example', false],
    ['vpn', false],
  ])('%s: %s', (text, expected) => {
    expect(isUnfinished(text)).toBe(expected);
  });

  it('makes a search wait for the rest of the word', () => {
    expect(pauseAfter('is:op')).toBeGreaterThan(pauseAfter('is:open'));
  });
});

it('filters are no words to look for people by', () => {
  expect(plainWords('is:open team:"Service desk" vpn jonas')).toBe('vpn jonas');
});
