import { describe, expect, it } from 'vitest';
import type { TicketRowView } from '@/api';
import { countNew, withPatches } from './live';

function row(id: string, version: number, created_at = '2026-01-01T00:00:00Z'): TicketRowView {
  return {
    id,
    version,
    created_at,
    updated_at: created_at,
    number: `INC-${id}`,
    title: `v${version}`,
    kind: 'incident',
    status: 'new',
    priority: 'low',
    requester: { id: 'u', name: 'U' },
    is_major: false,
    sla: [],
  };
}

describe('withPatches', () => {
  it('takes newer versions in place and never older ones', () => {
    const rows = [row('a', 2), row('b', 5)];
    expect(withPatches(rows, [row('b', 4), row('a', 3), row('c', 1)]).map((each) => each.title)).toEqual(['v3', 'v5']);
  });
});

describe('countNew', () => {
  const since = '2026-02-01T00:00:00Z';
  const rows = [row('a', 1)];
  const matching = [row('a', 2), row('old', 2), row('new', 1, '2026-02-02T00:00:00Z')];

  it('counts what was made since, and what came into a list that is loaded to its end', () => {
    expect(countNew(rows, matching, since, false)).toBe(1);
    expect(countNew(rows, matching, since, true)).toBe(2);
  });
});
