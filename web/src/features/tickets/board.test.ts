import { describe, expect, it } from 'vitest';
import type { ActionView, TicketRowView } from '@/api';
import { cardsOf, columnsOf, moveOf, nextCard, placesBeside } from './board';

const me = { value: 'u-me', name: 'Mia' };
const known = (groups: { value: string | null; name?: string; count: number }[]) => ({ groups, teams: [], me });
const values = (places: { value: string | null }[]) => places.map(({ value }) => value);

const row = (id: string, status: string, version = 1): TicketRowView => {
  const who = { id: 'u', name: 'U' };
  return {
    id,
    number: id,
    title: id,
    status,
    version,
    priority: 'low',
    kind: 'incident',
    is_major: false,
    requester: who,
    sla: [],
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
};

describe('columnsOf', () => {
  it('has every status that the filters let through, empty ones too', () => {
    const columns = columnsOf('status', { status: ['open'] }, known([{ value: 'on_hold', count: 7 }]));
    expect(values(columns)).toEqual(['new', 'assigned', 'in_progress', 'on_hold']);
    expect(columns.map(({ count }) => count)).toEqual([0, 0, 0, 7]);
    expect(values(columnsOf('status', {}, known([])))).toHaveLength(7);
  });

  it('has nobody first, then people by name, and who looks at it always', () => {
    const groups = [
      { value: 'u-2', name: 'Zoe', count: 2 },
      { value: null, count: 3 },
    ];
    expect(values(columnsOf('assignee', {}, known(groups)))).toEqual([null, 'u-me', 'u-2']);
    expect(
      values(columnsOf('assignee', { assigned_to: 'u-2' }, known([{ value: 'u-2', name: 'Zoe', count: 2 }]))),
    ).toEqual(['u-2']);
  });

  it('has all teams', () => {
    const teams = [{ value: 't-1', name: 'Apps' }];
    const columns = columnsOf('team', {}, { groups: [], teams });
    expect(values(columns)).toEqual([null, 't-1']);
  });
});

it('offers beside the columns what the filters leave out, but no way back to new', () => {
  expect(values(placesBeside('status', [{ value: 'in_progress' }]))).toEqual([
    'assigned',
    'on_hold',
    'resolved',
    'closed',
    'cancelled',
  ]);
  expect(placesBeside('team', [])).toEqual([]);
});

describe('cardsOf', () => {
  it('drops a card that someone moved away and takes one that came', () => {
    const loaded = [row('1', 'new'), row('2', 'new')];
    const changed = [row('1', 'assigned', 2)];
    const came = [row('3', 'new', 5), row('1', 'assigned', 2)];
    expect(cardsOf('status', 'new', loaded, changed, came).map(({ id }) => id)).toEqual(['3', '2']);
    expect(cardsOf('status', 'assigned', [], changed, came).map(({ id }) => id)).toEqual(['1']);
  });
});

describe('moveOf', () => {
  const ticket = (status: string, ...actions: ActionView[]) => ({
    status,
    priority: 'low',
    assignee: { id: 'u-2', name: 'Zoe' },
    allowed_actions: actions,
  });
  const allowed = (verb: string): ActionView => ({ verb, allowed: true });
  const refused = (verb: string): ActionView => ({ verb, allowed: false, reason: `not ${verb}` });

  it.each([
    ['new', 'in_progress', 'start', { kind: 'step', step: { verb: 'start' } }],
    ['on_hold', 'in_progress', 'resume', { kind: 'step', step: { verb: 'resume' } }],
    ['resolved', 'in_progress', 'reopen', { kind: 'ask', verb: 'reopen' }],
    ['new', 'assigned', 'assign', { kind: 'ask', verb: 'assign' }],
    ['in_progress', 'on_hold', 'hold', { kind: 'ask', verb: 'hold' }],
    ['in_progress', 'resolved', 'resolve', { kind: 'ask', verb: 'resolve' }],
    ['resolved', 'closed', 'close', { kind: 'step', step: { verb: 'close' } }],
    ['new', 'cancelled', 'cancel', { kind: 'ask', verb: 'cancel' }],
  ] as const)('from %s to %s by %s', (from, to, verb, move) => {
    expect(moveOf('status', ticket(from, allowed(verb)), { value: to })).toEqual(move);
    expect(moveOf('status', ticket(from, refused(verb)), { value: to })).toEqual({
      kind: 'refused',
      told: refused(verb),
    });
  });

  it('knows no step back, and none to where it is', () => {
    const started = ticket('in_progress', allowed('assign'));
    expect(moveOf('status', started, { value: 'assigned' })).toEqual({ kind: 'refused', told: null });
    expect(moveOf('status', started, { value: 'new' })).toEqual({ kind: 'refused', told: null });
    expect(moveOf('status', started, { value: 'in_progress' })).toEqual({ kind: 'none' });
  });

  it('gives to people and teams, never to nobody', () => {
    const open = ticket('new', allowed('assign'));
    expect(moveOf('assignee', open, { value: 'u-3', name: 'Ana' })).toEqual({
      kind: 'step',
      step: { verb: 'assign', assignee: { id: 'u-3', name: 'Ana' } },
    });
    expect(moveOf('assignee', open, { value: null })).toEqual({ kind: 'refused', told: null });
    expect(moveOf('assignee', open, { value: 'u-2' })).toEqual({ kind: 'none' });
    expect(moveOf('team', ticket('new', refused('assign')), { value: 't-1', name: 'Apps' })).toEqual({
      kind: 'refused',
      told: refused('assign'),
    });
  });

  it('sets a priority where the ticket may be changed', () => {
    expect(moveOf('priority', ticket('new', allowed('update')), { value: 'high' })).toEqual({
      kind: 'priority',
      priority: 'high',
    });
    expect(moveOf('priority', ticket('new', refused('update')), { value: 'high' }).kind).toBe('refused');
  });
});

describe('nextCard', () => {
  const columns = [['a', 'b', 'c'], [], ['d']];
  it.each([
    [null, 'down', 'a'],
    ['gone', 'left', 'a'],
    ['a', 'down', 'b'],
    ['c', 'down', 'c'],
    ['a', 'up', 'a'],
    ['b', 'right', 'd'],
    ['d', 'left', 'a'],
    ['d', 'right', 'd'],
  ] as const)('from %s %s to %s', (from, direction, to) => {
    expect(nextCard(columns, from, direction)).toBe(to);
  });
  it('is none on an empty board', () => {
    expect(nextCard([[], []], null, 'down')).toBeNull();
  });
});
