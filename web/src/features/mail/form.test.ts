import { describe, expect, it } from 'vitest';
import { domainsIn, fromForm, imapValues } from './form';

const values = {
  address: ' desk@example.com ',
  sender_name: 'Desk',
  is_enabled: true,
  takes_replies: true,
  unknown_senders: 'refuse' as const,
  allowed_domains: '',
  accepts_automatic: false,
  ignores_spam: true,
  trusted_server: ' ',
  team_id: null,
  category: '',
  ...imapValues(null),
};

describe('fromForm', () => {
  it('leaves out what is blank and the server that is not used', () => {
    const body = fromForm({ ...values, host: 'forgotten.example.com' });
    expect(body).toMatchObject({ address: 'desk@example.com', trusted_server: null, category: null, imap: null });
    expect(body).not.toHaveProperty('host');
  });

  it('sends a password only when one was written', () => {
    const with_imap = { ...values, has_imap: true, host: 'imap.example.com', user: 'desk' };
    expect(fromForm(with_imap).imap).not.toHaveProperty('password');
    expect(fromForm({ ...with_imap, password: 'x' }).imap).toMatchObject({ password: 'x', port: 993, move_to: null });
  });
});

describe('domainsIn', () => {
  it('reads domains however they are separated', () => {
    expect(domainsIn(' a.example, b.example\nc.example;; ')).toEqual(['a.example', 'b.example', 'c.example']);
  });
});
