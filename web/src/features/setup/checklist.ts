import type { LinkProps } from '@tanstack/react-router';

export const SETUP_ITEMS = [
  'team',
  'people',
  'ticket',
  'mail',
  'rules',
  'mailbox',
  'categories',
  'sla',
  'templates',
] as const;
export type SetupItemName = (typeof SETUP_ITEMS)[number];

/** What the first steps do not walk through themselves. */
export const LATER_ITEMS: readonly SetupItemName[] = ['mailbox', 'categories', 'sla', 'templates'];

/** What the server answered; what nobody may ask, or what has not been answered, is absent. */
export interface SetupFacts {
  teams?: number;
  people?: number;
  tickets?: number;
  transport?: string;
  asksAdmins?: boolean;
  mailboxes?: number;
  categories?: number;
  calendars?: number;
  policies?: number;
  templates?: number;
}

export interface SetupItem {
  name: SetupItemName;
  isDone: boolean;
  to: NonNullable<LinkProps['to']>;
  hash?: string;
}

const some = (count: number | undefined) => (count === undefined ? undefined : count > 0);

/** Whether each thing is there, as far as it is known. */
const DONE: Record<SetupItemName, (facts: SetupFacts) => boolean | undefined> = {
  team: ({ teams }) => some(teams),
  // Whoever set the server up is one already.
  people: ({ people }) => (people === undefined ? undefined : people > 1),
  ticket: ({ tickets }) => some(tickets),
  mail: ({ transport }) => (transport === undefined ? undefined : transport === 'smtp'),
  rules: ({ asksAdmins }) => asksAdmins,
  mailbox: ({ mailboxes }) => some(mailboxes),
  categories: ({ categories }) => some(categories),
  sla: ({ calendars, policies }) => (calendars === undefined ? undefined : calendars > 0 && some(policies)),
  templates: ({ templates }) => some(templates),
};

/** Where each is done. A policy counts by a calendar, so that comes first. */
const TO: Record<SetupItemName, (facts: SetupFacts) => Pick<SetupItem, 'to' | 'hash'>> = {
  team: () => ({ to: '/admin/teams' }),
  people: () => ({ to: '/admin/users' }),
  ticket: () => ({ to: '/agent/tickets/new' }),
  mail: () => ({ to: '/agent/first-steps', hash: 'mail' }),
  rules: () => ({ to: '/agent/first-steps', hash: 'rules' }),
  mailbox: () => ({ to: '/admin/mailboxes' }),
  categories: () => ({ to: '/admin/categories' }),
  sla: ({ calendars }) => ({ to: calendars ? '/admin/policies' : '/admin/calendars' }),
  templates: () => ({ to: '/admin/reply-templates' }),
};

/** What there is to set up, with what the server says about it; what it says nothing about is left out. */
export function setupItems(facts: SetupFacts): SetupItem[] {
  return SETUP_ITEMS.flatMap((name) => {
    const isDone = DONE[name](facts);
    return isDone === undefined ? [] : [{ name, isDone, ...TO[name](facts) }];
  });
}
