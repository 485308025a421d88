import type { DraftPolicy, OutcomeCounts, PolicyView } from '@/api';

export const PERIODS = ['30d', '90d', '365d'] as const;
export type Period = (typeof PERIODS)[number];

const DAY = 86_400_000;

/** Tickets reported in the days before now. */
export function periodUntil(period: Period, now: number): { from: string; to: string } {
  return { from: new Date(now - Number.parseInt(period, 10) * DAY).toISOString(), to: new Date(now).toISOString() };
}

type Policy = Pick<PolicyView, 'id' | 'agreement' | 'is_active' | 'condition' | 'calendar_id' | 'targets'>;

/** The policies of the agreement with requesters, in their order, one of them as it could be; it counts as in use. */
export function withDraft(policies: readonly Policy[], draft: Policy): DraftPolicy[] {
  return policies
    .filter((policy) => policy.agreement === 'sla' && (policy.is_active || policy.id === draft.id))
    .map((policy) => (policy.id === draft.id ? draft : policy))
    .map(({ condition, calendar_id, targets }) => ({ condition: condition ?? null, calendar_id, targets }));
}

/** How many percent points the share of what was met moves; none where one of them has no share. */
export function pointsBetween(before: OutcomeCounts, after: OutcomeCounts): number | null {
  const { compliance: was } = before;
  const { compliance: would } = after;
  if (was === null || was === undefined || would === null || would === undefined) return null;
  return Math.round((would - was) * 1000) / 10;
}
