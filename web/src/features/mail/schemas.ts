import * as v from 'valibot';
import { idSearch, listSearch, oneOf } from '@/ui/list/list-search';

export const MAIL_STATES = ['received', 'ticket_created', 'comment_added', 'ignored', 'refused', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];

export function isMailState(text: string): text is MailState {
  return MAIL_STATES.some((state) => state === text);
}

/** What the address of the ledger of mail may hold. */
export const inboundSearchSchema = v.object({
  mail_state: oneOf(MAIL_STATES),
  mailbox: idSearch,
  mail: idSearch,
});
export type InboundSearch = v.InferOutput<typeof inboundSearchSchema>;

/** What the address of the list of mailboxes may hold. */
export const mailboxSearchSchema = v.object({ ...listSearch });
export type MailboxSearch = v.InferOutput<typeof mailboxSearchSchema>;
