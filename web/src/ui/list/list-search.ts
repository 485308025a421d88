import * as v from 'valibot';

/** What the address of every list may hold; a bad value is dropped. */
export const listSearch = {
  q: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(200))), undefined),
  page: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
  sort: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^-?[a-z_]{1,40}$/))), undefined),
};

export const listSearchSchema = v.object(listSearch);

export type ListSearch = v.InferOutput<typeof listSearchSchema>;

/** A search over one of several words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return v.fallback(v.optional(v.picklist(words)), undefined);
}

/** An id in the address. */
export const idSearch = v.fallback(v.optional(v.pipe(v.string(), v.uuid())), undefined);
