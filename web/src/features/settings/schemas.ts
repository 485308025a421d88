import * as v from 'valibot';
import { listSearch, oneOf } from '@/ui/list/list-search';
import { KINDS } from './kinds';

/** What the addresses of the lists of fields and templates may hold. */
export const kindSearchSchema = v.object({
  ...listSearch,
  of_kind: oneOf(KINDS),
  in_use: oneOf(['active', 'inactive']),
});
export type KindSearch = v.InferOutput<typeof kindSearchSchema>;

/** What the address of the list of announcements may hold. */
export const announcementSearchSchema = v.object({ ...listSearch, in_use: oneOf(['active', 'inactive']) });
export type AnnouncementSearch = v.InferOutput<typeof announcementSearchSchema>;

/** `true`, `false` or nothing for the state in an address. */
export function isActiveIn(state: 'active' | 'inactive' | undefined): boolean | undefined {
  return state === undefined ? undefined : state === 'active';
}
