import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  filtersOf,
  isBare,
  isChangedView,
  lookOf,
  PRESETS,
  queueQuery,
  queueSearchSchema,
  searchOfView,
} from './schemas';

const VIEW = {
  id: '00000000-0000-8000-8000-000000000001',
  filters: { status: 'open,closed', assigned_to: 'me', resolved_after: '-7d' },
  sort: '-priority',
  columns: ['number', 'title'],
};

describe('queueSearchSchema', () => {
  it('keeps what it knows and drops a bad value', () => {
    const search = v.parse(queueSearchSchema, {
      status: ['new'],
      priority: ['urgent'],
      assigned_to: 'me',
      sort: 'priority; drop table',
      peek: 'INC-000001',
    });
    expect(search).toEqual({ status: ['new'], assigned_to: 'me', peek: 'INC-000001' });
    expect(v.parse(queueSearchSchema, { sort: '-created_at,priority' })).toEqual({ sort: '-created_at,priority' });
    expect(v.parse(queueSearchSchema, { sort: 'created_at,priority,number' })).toEqual({});
  });
});

describe('queueQuery', () => {
  it('sends lists as words with commas and leaves out what is not set', () => {
    expect(
      queueQuery({ status: ['new', 'assigned'], priority: [], assigned_to: 'nobody', sort: '-number', view: 'all' }),
    ).toEqual({ status: 'new,assigned', assigned_to: 'nobody', sort: '-number' });
  });
});

describe('a saved view', () => {
  it('goes to the address and back', () => {
    const search = searchOfView(VIEW);
    expect(search.status).toEqual(['open', 'closed']);
    expect(filtersOf(search)).toEqual(VIEW.filters);
    expect(isChangedView(search, VIEW)).toBe(false);
  });

  it('is the same whatever the order of words, and another with another filter, order or column', () => {
    const search = searchOfView(VIEW);
    expect(isChangedView({ ...search, status: ['closed', 'open'], peek: 'INC-000001' }, VIEW)).toBe(false);
    expect(isChangedView({ ...search, status: ['open'] }, VIEW)).toBe(true);
    expect(isChangedView({ ...search, tag: 'vip' }, VIEW)).toBe(true);
    expect(isChangedView({ ...search, sort: 'priority' }, VIEW)).toBe(true);
    expect(isChangedView({ ...search, columns: ['title', 'number'] }, VIEW)).toBe(true);
  });
});

describe('the layout of a saved view', () => {
  const inUse = { layout: 'board', group: 'team' } as const;
  const board = { ...VIEW, layout: 'board', group_by: 'priority' } as const;
  const list = { ...VIEW, layout: 'list', group_by: null } as const;

  it('is its own, or else the one in use', () => {
    expect(searchOfView(VIEW, inUse)).toMatchObject(inUse);
    expect(searchOfView(board)).toMatchObject({ layout: 'board', group: 'priority' });
    expect(searchOfView(board, inUse)).toMatchObject({ layout: 'board', group: 'priority' });
    expect(searchOfView(list, inUse)).toMatchObject({ layout: undefined, group: undefined });
  });

  it('is part of what was changed only where the view has one', () => {
    expect(isChangedView(searchOfView(VIEW, inUse), VIEW)).toBe(false);
    expect(isChangedView(searchOfView(board), board)).toBe(false);
    expect(isChangedView({ ...searchOfView(board), layout: undefined }, board)).toBe(true);
    expect(isChangedView({ ...searchOfView(board), group: 'team' }, board)).toBe(true);
    expect(isChangedView({ ...searchOfView(list), layout: 'board' }, list)).toBe(true);
    expect(lookOf(searchOfView(board))).toMatchObject({ layout: 'board', group_by: 'priority' });
    expect(lookOf(searchOfView(list))).toMatchObject({ layout: 'list', group_by: null });
  });
});

describe('isBare', () => {
  it('tells an address without a word about the list', () => {
    expect(isBare({ peek: 'INC-000001' })).toBe(true);
    expect(isBare(PRESETS.everything)).toBe(false);
    expect(isBare({ status: ['new'] })).toBe(false);
  });
});
