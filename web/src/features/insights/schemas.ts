import * as v from 'valibot';

export const PERIODS = ['7d', '30d', '90d', '365d'] as const;
export const GROUPINGS = ['priority', 'team', 'category', 'kind', 'assignee', 'source'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What the address of a report may hold. */
export const reportSearchSchema = v.object({
  period: v.fallback(v.optional(v.picklist(PERIODS)), undefined),
  group_by: v.fallback(v.optional(v.picklist(GROUPINGS)), undefined),
});
export type ReportSearch = v.InferOutput<typeof reportSearchSchema>;
