/** Reasons of the ledger that there are words for. */
export const REASONS = [
  'auto_reply',
  'bulk',
  'loop',
  'bounce',
  'spam',
  'duplicate',
  'unknown_sender',
  'inactive_sender',
  'not_authenticated',
  'no_sender',
  'not_allowed',
  'too_large',
  'too_many',
  'too_many_new',
  'requester_added',
  'given_up',
  'no_mailbox',
  'unreadable',
  'not_accepted',
] as const;

export function isReason(text: string): text is (typeof REASONS)[number] {
  return REASONS.some((reason) => reason === text);
}

const MATCHES = ['in_reply_to', 'references', 'subject'] as const;
export function isMatch(text: string): text is (typeof MATCHES)[number] {
  return MATCHES.some((match) => match === text);
}

const EFFECTS = ['resumed', 'reopened', 'follow_up'] as const;
export function isEffect(text: string): text is (typeof EFFECTS)[number] {
  return EFFECTS.some((effect) => effect === text);
}
