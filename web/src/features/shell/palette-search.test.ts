import { describe, expect, it } from 'vitest';
import type { Action } from '@/actions/define-action';
import { matchingActions, ticketNumberIn } from './palette-search';

const action = (label: string, more: Partial<Action> = {}): Action => ({
  id: label,
  label,
  section: 'Here',
  run: () => undefined,
  ...more,
});

describe('ticketNumberIn', () => {
  it.each([
    ['INC-000042', 'INC-000042'],
    ['inc-42', 'INC-000042'],
    ['inc 42', 'INC-000042'],
    ['#inc42', 'INC-000042'],
    ['assign to me', null],
    ['42', null],
  ])('reads %s as %s', (query, number) => {
    expect(ticketNumberIn(query)).toBe(number);
  });
});

describe('matchingActions', () => {
  const actions = [
    action('Close'),
    action('Assign to me'),
    action('Start work', { refusal: 'it is closed' }),
    action('Next row', { isHidden: true }),
  ];
  const labels = (query: string) => matchingActions(actions, query).map((each) => each.label);

  it('shows all that can be done when nothing is typed, the refused at the end', () => {
    expect(labels('')).toEqual(['Close', 'Assign to me', 'Start work']);
  });

  it('shows what belongs to the page before what works everywhere', () => {
    const mixed = [action('Sign out', { isGlobal: true }), action('Close')];
    expect(matchingActions(mixed, '').map((each) => each.label)).toEqual(['Close', 'Sign out']);
  });

  it('wants every word, in any order', () => {
    expect(labels('me assign')).toEqual(['Assign to me']);
    expect(labels('me close')).toEqual([]);
  });
});
