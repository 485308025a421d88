import * as v from 'valibot';
import { listSearch, oneOf } from '@/ui/list/list-search';

/** What the address of the jobs may hold. */
export const jobSearchSchema = v.object({
  job_state: oneOf(['ready', 'dead']),
  job_kind: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(100))), undefined),
});
export type JobSearch = v.InferOutput<typeof jobSearchSchema>;

/** What the address of the organizations may hold. */
export const organizationSearchSchema = v.object({ ...listSearch, in_use: oneOf(['active', 'inactive']) });
export type OrganizationSearch = v.InferOutput<typeof organizationSearchSchema>;
