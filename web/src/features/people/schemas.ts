import * as v from 'valibot';
import { idSearch, listSearch, oneOf } from '@/ui/list/list-search';

/** What the address of the list of people may hold. */
export const userSearchSchema = v.object({
  ...listSearch,
  state: oneOf(['active', 'inactive']),
  role: v.fallback(v.optional(v.array(v.string())), undefined),
  team: idSearch,
  department: idSearch,
  site: idSearch,
});

export type UserSearch = v.InferOutput<typeof userSearchSchema>;

/** Parameters of the list request, without the page. */
export function userQuery(search: UserSearch) {
  return {
    search: search.q,
    is_active: search.state && search.state === 'active',
    role: search.role?.join(',') || undefined,
    team: search.team,
    department: search.department,
    site: search.site,
    sort: search.sort,
  };
}

/** Whether the list shows less than everyone. */
export function isFiltered({ q, state, role, team, department, site }: UserSearch): boolean {
  return [q, state, team, department, site].some((value) => value !== undefined) || (role?.length ?? 0) > 0;
}
