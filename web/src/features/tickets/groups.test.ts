import { expect, it } from 'vitest';
import type { TicketGroup, TicketRowView } from '@/api';
import { groupFilter, headingsOf, indexOfGroup, sortGroups } from './groups';

const group = (value: string | null, name = value): TicketGroup => ({ value, name, count: 1 });

it('sorts groups as people read them', () => {
  const values = (groups: TicketGroup[]) => groups.map(({ value }) => value);
  expect(values(sortGroups('status', [group('closed'), group('new'), group('odd')]))).toEqual(['new', 'closed', 'odd']);
  expect(values(sortGroups('priority', [group('low'), group('critical')]))).toEqual(['critical', 'low']);
  expect(values(sortGroups('team', [group(null), group('2', 'Zoo'), group('1', 'Apps')]))).toEqual(['1', '2', null]);
});

it('leaves one group by a filter, those of nobody too', () => {
  expect(groupFilter('assignee', group(null))).toEqual({ assigned_to: 'nobody' });
  expect(groupFilter('team', group(null))).toEqual({ team: 'none' });
  expect(groupFilter('status', group('new'))).toEqual({ status: 'new' });
});

it('puts one heading over each group, whatever pages it came in', () => {
  const row = (number: string) => ({ number }) as TicketRowView;
  const [fresh, old] = [group('new'), group('closed')];
  const headings = headingsOf([
    { group: fresh, rows: [row('1'), row('2')] },
    { group: fresh, rows: [row('3')] },
    { group: group('assigned'), rows: [] },
    { group: old, rows: [row('4')] },
  ]);
  expect([...headings.keys()]).toEqual(['1', '4']);
});

it('knows of a page which group it was asked for', () => {
  const groups = [group('new'), group('in_progress'), group('closed')];
  expect(indexOfGroup('status', groups, { query: { status: 'closed', cursor: 'x' } })).toBe(2);
  expect(indexOfGroup('status', groups, { query: { status: 'in_progress' } })).toBe(1);
  expect(indexOfGroup('status', groups, {})).toBe(0);
});
