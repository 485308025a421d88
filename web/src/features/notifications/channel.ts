/** What a channel can be, mail among them. */
export const KINDS = ['email', 'sms', 'slack', 'teams', 'webhook'] as const;

/** What an administrator sets up. */
export const CHANNEL_KINDS = ['slack', 'teams', 'webhook', 'sms'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What the channel of a team can be told. */
export const TOPICS = [
  'arrived',
  'assigned',
  'commented',
  'resolved',
  'reopened',
  'on_hold',
  'closed',
  'cancelled',
  'escalated',
  'sla_at_risk',
  'sla_breached',
] as const;

export function isKind(word: string): word is (typeof KINDS)[number] {
  return KINDS.some((kind) => kind === word);
}

export function isChannelKind(word: string | null): word is ChannelKind {
  return CHANNEL_KINDS.some((kind) => kind === word);
}

export function isTopic(word: string): word is (typeof TOPICS)[number] {
  return TOPICS.some((topic) => topic === word);
}
