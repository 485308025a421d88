const REASONS = [
  'mentioned',
  'assigned',
  'unassigned',
  'reported_for_you',
  'resolved',
  'reopened',
  'on_hold',
  'closed',
  'cancelled',
  'sla_breached',
  'escalated',
  'sla_at_risk',
  'commented',
] as const;

export type Reason = (typeof REASONS)[number];

/** A reason that has words of its own. */
export function knownReason(reason: string): Reason | undefined {
  return REASONS.find((known) => known === reason);
}
