import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '@/api';
import { actionFor, filterTimeline, groupTimeline, isAllowed, isStatus, progressStep } from './model';

const priya = { id: 'p', name: 'Priya' };
const activity = (id: string, at: string, field: string, actor = priya): TimelineItem => ({
  id,
  at,
  actor,
  field,
  type: 'activity',
  old: 'a',
  new: 'b',
});
const comment = (id: string, at: string): TimelineItem => ({ id, at, actor: priya, type: 'comment', body: 'hello' });

describe('groupTimeline', () => {
  it('makes one entry of what one person changed at once', () => {
    const entries = groupTimeline([
      activity('1', '2026-01-01T10:00:00Z', 'impact'),
      activity('2', '2026-01-01T10:00:00Z', 'priority'),
      comment('3', '2026-01-01T10:00:01Z'),
      activity('4', '2026-01-01T10:00:01Z', 'status'),
    ]);
    expect(entries.map((entry) => [entry.kind, entry.id])).toEqual([
      ['changes', '1'],
      ['comment', '3'],
      ['changes', '4'],
    ]);
  });

  it('keeps different people and different moments apart', () => {
    const entries = groupTimeline([
      activity('1', '2026-01-01T10:00:00Z', 'impact'),
      activity('2', '2026-01-01T10:00:00Z', 'priority', { id: 'j', name: 'Jonas' }),
      activity('3', '2026-01-01T10:05:00Z', 'status', { id: 'j', name: 'Jonas' }),
    ]);
    expect(entries).toHaveLength(3);
  });

  it('can be narrowed to what was said or to what was changed', () => {
    const entries = groupTimeline([
      activity('1', '2026-01-01T10:00:00Z', 'impact'),
      comment('2', '2026-01-01T10:00:00Z'),
    ]);
    expect(filterTimeline(entries, 'comments').map((entry) => entry.id)).toEqual(['2']);
    expect(filterTimeline(entries, 'changes').map((entry) => entry.id)).toEqual(['1']);
    expect(filterTimeline(entries, 'all')).toHaveLength(2);
  });
});

describe('allowed actions', () => {
  const ticket = {
    allowed_actions: [
      { verb: 'start', allowed: true },
      { verb: 'close', allowed: false, reason: 'it is new' },
    ],
  };

  it('are what the server says and nothing else', () => {
    expect(isAllowed(ticket, 'start')).toBe(true);
    expect(isAllowed(ticket, 'close')).toBe(false);
    expect(actionFor(ticket, 'close')?.reason).toBe('it is new');
    expect(isAllowed(ticket, 'escalate')).toBe(false);
  });
});

describe('words of the API', () => {
  it('are told from others', () => {
    expect(isStatus('on_hold')).toBe(true);
    expect(isStatus('waiting')).toBe(false);
  });

  it('map to the steps of the portal', () => {
    expect(['new', 'assigned', 'in_progress', 'on_hold', 'resolved', 'closed'].map(progressStep)).toEqual([
      0, 1, 2, 2, 3, 4,
    ]);
  });
});
