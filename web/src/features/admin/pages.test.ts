import { describe, expect, it } from 'vitest';
import { ADMIN_GROUPS, groupsFor } from './pages';

describe('groupsFor', () => {
  it('offers only what the rights open', () => {
    const groups = groupsFor((right) => right === 'team:read');
    expect(groups.flatMap((group) => group.pages.map((page) => page.to))).toEqual(['/admin', '/admin/teams']);
  });

  it('offers everything to who may do everything', () => {
    expect(groupsFor(() => true)).toEqual(ADMIN_GROUPS);
  });
});
