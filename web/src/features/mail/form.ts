import type { ImapInput, ImapView, Mailbox } from '@/api';

/** What stands in the form of a mailbox. */
export type MailboxValues = {
  address: string;
  sender_name: string;
  is_enabled: boolean;
  takes_replies: boolean;
  unknown_senders: Mailbox['unknown_senders'];
  allowed_domains: string;
  accepts_automatic: boolean;
  ignores_spam: boolean;
  trusted_server: string;
  team_id: string | null;
  category: string;
  has_imap: boolean;
  host: string;
  port: string;
  security: ImapInput['security'];
  user: string;
  password: string;
  folder: string;
  after_fetching: ImapInput['after_fetching'];
  move_to: string;
};

/** The part of the form about a server. */
export function imapValues(imap: ImapView | null) {
  return {
    has_imap: imap !== null,
    host: imap?.host ?? '',
    port: String(imap?.port ?? 993),
    security: imap?.security ?? ('tls' as const),
    user: imap?.user ?? '',
    password: '',
    folder: imap?.folder ?? 'INBOX',
    after_fetching: imap?.after_fetching ?? ('mark_seen' as const),
    move_to: imap?.move_to ?? '',
  };
}

/** Domains as people write them: with blanks, commas or lines between. */
export function domainsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((domain) => domain !== '');
}

const orNull = (text: string) => text.trim() || null;

/** What the form says, as the server takes it. */
export function fromForm(values: MailboxValues) {
  const { has_imap, host, port, security, user, password, folder, after_fetching, move_to, ...same } = values;
  const imap: ImapInput = {
    host: host.trim(),
    port: Number.parseInt(port, 10) || 993,
    security,
    user: user.trim(),
    folder: folder.trim() || 'INBOX',
    after_fetching,
    move_to: after_fetching === 'move' ? orNull(move_to) : null,
    ...(password ? { password } : {}),
  };
  return {
    ...same,
    address: same.address.trim(),
    allowed_domains: domainsIn(same.allowed_domains),
    trusted_server: orNull(same.trusted_server),
    category: orNull(same.category),
    imap: has_imap ? imap : null,
  };
}
