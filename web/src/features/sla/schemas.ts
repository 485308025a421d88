import * as v from 'valibot';

/** What the address of the what-if page may hold: the policy or calendar that is tried. */
export const whatIfSearchSchema = v.object({
  record: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(36))), undefined),
});
