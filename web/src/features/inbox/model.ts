import type { LinkProps } from '@tanstack/react-router';
import type { NotificationView } from '@/api';

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
  'webhook_disabled',
] as const;

export type Reason = (typeof REASONS)[number];

/** A reason that has words of its own. */
export function knownReason(reason: string): Reason | undefined {
  return REASONS.find((known) => known === reason);
}

/** The page of what a notification is about. */
export function pageOf(row: NotificationView): Pick<LinkProps, 'to' | 'params'> {
  if (row.webhook) return { to: '/admin/webhooks/$id', params: { id: row.webhook.id } };
  return { to: '/agent/incidents/$key', params: { key: row.ticket?.number ?? '' } };
}
