// Every page of the application, for the tests that walk all of them.
import { report, signInToApi } from './api.mjs';

/** Numbers of the tickets that are there for the pages. */
export let numbers;
/** Addresses of records of the administration. */
const ids = {};

/** Writes what the pages are to show; before it nothing stands at the addresses of records. */
export async function makeRecords(url) {
  numbers = await report(url, 'Light', 'Dark', 'Looked at');
  const api = await signInToApi(url, 'admin@example.com');
  const named = async (path, name) => (await api('GET', path)).data.find((each) => each.name === name).id;
  ids.user = `/admin/users/${await named('/users?search=noor.bakker', 'Noor Bakker')}`;
  ids.team = `/admin/teams/${await named('/teams', 'Network')}`;
  ids.role = `/admin/roles/${await named('/roles', 'agent')}`;
  const hardware = await api('POST', '/categories', { name: 'Hardware' });
  await api('POST', '/categories', { name: 'Laptop', parent_id: hardware.id });
  const weekly = {
    monday: [
      ['08:00', '12:00'],
      ['13:00', '17:00'],
    ],
    friday: [['22:00', '06:00']],
  };
  const holidays = [{ date: '12-25', name: 'Christmas' }];
  const calendar = await api('POST', '/sla/calendars', {
    name: 'Shifts',
    time_zone: 'Europe/Berlin',
    weekly,
    holidays,
  });
  ids.calendar = `/admin/calendars/${calendar.id}`;
  const target = { response_minutes: 15, resolution_minutes: 240 };
  const targets = { critical: target, high: target, medium: target, low: target };
  const condition = { version: 1, all: [{ field: 'priority', op: 'in', value: ['critical', 'high'] }] };
  const body = { name: 'Night', agreement: 'sla', calendar_id: calendar.id, targets, condition };
  const hook = { name: 'Chat', url: 'https://hooks.invalid/', events: ['ticket.*'] };
  ids.webhook = `/admin/webhooks/${(await api('POST', '/webhooks', hook)).id}`;
  ids.policy = `/admin/policies/${(await api('POST', '/sla/policies', body)).id}`;
}

/** The address of a page; those of records are known once they are written. */
export const pathOf = ({ path }) => (typeof path === 'function' ? path() : path);

/** Every page with who looks at it and what stands on it when it is there. */
export const PAGES = [
  { route: '/sign-in', path: '/sign-in', ready: 'Sign in' },
  { route: '/forgot-password', path: '/forgot-password', ready: 'Forgot your password?' },
  { route: '/set-password', path: '/set-password#token=x', ready: 'Choose your password' },
  { route: '/second-factor', path: '/second-factor', ready: 'One more step protects your account' },
  { route: '/setup', path: '/setup', ready: 'Steward is set up already' },
  { route: '/help/$page', path: '/help/admin-guide', ready: 'Guide for administrators' },
  { route: '/portal', path: '/portal', who: 'user@example.com', ready: 'How can we help?' },
  { route: '/portal/report', path: '/portal/report', who: 'user@example.com', ready: 'Report a problem' },
  { route: '/portal/requests', path: '/portal/requests', who: 'user@example.com', ready: 'My requests' },
  {
    route: '/portal/requests/$key',
    path: () => `/portal/requests/${numbers[2]}`,
    who: 'user@example.com',
    ready: 'Looked at',
  },
  { route: '/portal/status', path: '/portal/status', who: 'user@example.com', ready: 'Known problems' },
  ...['you', 'security', 'tokens', 'appearance', 'keys'].map((section) => ({
    route: '/portal/profile',
    path: `/portal/profile?section=${section}`,
    name: section,
    who: 'user@example.com',
    ready: 'Your profile',
  })),
  { route: '/agent/profile', path: '/agent/profile', who: 'admin@example.com', ready: 'Your profile' },
  {
    route: '/agent/first-steps',
    path: '/agent/first-steps',
    who: 'admin@example.com',
    ready: 'Three steps to your first ticket',
  },
  { route: '/agent', path: '/agent', who: 'admin@example.com', ready: 'My work' },
  {
    route: '/agent/tickets',
    path: () => `/agent/tickets?peek=${numbers[2]}`,
    who: 'admin@example.com',
    ready: 'Tickets',
  },
  { route: '/agent/tickets/new', path: '/agent/tickets/new', who: 'admin@example.com', ready: 'New incident' },
  {
    route: '/agent/incidents/$key',
    path: () => `/agent/incidents/${numbers[2]}`,
    who: 'admin@example.com',
    ready: 'Looked at',
  },
  {
    route: '/insights/$report',
    path: '/insights/resolution-time',
    who: 'admin@example.com',
    ready: /Time to resolution/,
  },
  {
    route: '/insights/what-if',
    path: '/insights/what-if',
    who: 'admin@example.com',
    ready: 'What if?',
  },
  { route: '/admin', path: '/admin', who: 'admin@example.com', ready: 'Administration' },
  { route: '/agent/inbox', path: '/agent/inbox?show=all', who: 'admin@example.com', ready: 'Inbox' },
  { route: '/agent/search', path: '/agent/search?q=looked', who: 'admin@example.com', ready: 'Search' },
  {
    route: '/agent/incidents/major',
    path: '/agent/incidents/major',
    who: 'admin@example.com',
    ready: 'Major incidents',
  },
  {
    route: '/agent/incidents/$key/war-room',
    path: () => `/agent/incidents/${numbers[0]}/war-room`,
    who: 'admin@example.com',
    ready: 'Light',
  },
  { route: '/admin/users', path: '/admin/users', who: 'admin@example.com', ready: 'People' },
  { route: '/admin/users/$id', path: () => ids.user, who: 'admin@example.com', ready: 'Noor Bakker' },
  { route: '/admin/teams', path: '/admin/teams', who: 'admin@example.com', ready: 'Teams' },
  { route: '/admin/teams/$id', path: () => ids.team, who: 'admin@example.com', ready: 'Network' },
  { route: '/admin/departments', path: '/admin/departments', who: 'admin@example.com', ready: 'Departments' },
  { route: '/admin/sites', path: '/admin/sites', who: 'admin@example.com', ready: 'Sites' },
  { route: '/admin/roles', path: '/admin/roles', who: 'admin@example.com', ready: 'Roles' },
  { route: '/admin/roles/$id', path: () => ids.role, who: 'admin@example.com', ready: 'Agent' },
  { route: '/admin/categories', path: '/admin/categories', who: 'admin@example.com', ready: 'Categories' },
  { route: '/admin/priorities', path: '/admin/priorities', who: 'admin@example.com', ready: 'Priorities' },
  { route: '/admin/custom-fields', path: '/admin/custom-fields', who: 'admin@example.com', ready: 'Custom fields' },
  {
    route: '/admin/reply-templates',
    path: '/admin/reply-templates',
    who: 'admin@example.com',
    ready: 'Reply templates',
  },
  { route: '/admin/announcements', path: '/admin/announcements', who: 'admin@example.com', ready: 'Announcements' },
  { route: '/admin/desk', path: '/admin/desk', who: 'admin@example.com', ready: 'Service desk' },
  { route: '/admin/organization', path: '/admin/organization', who: 'admin@example.com', ready: 'Organization' },
  { route: '/admin/signing', path: '/admin/signing', who: 'admin@example.com', ready: 'Mail signatures' },
  { route: '/admin/organizations', path: '/admin/organizations', who: 'admin@example.com', ready: 'Organizations' },
  { route: '/admin/webhooks', path: '/admin/webhooks', who: 'admin@example.com', ready: 'Webhooks' },
  { route: '/admin/webhooks/$id', path: () => ids.webhook, who: 'admin@example.com', ready: 'Chat' },
  { route: '/admin/deliveries', path: '/admin/deliveries', who: 'admin@example.com', ready: 'Deliveries' },
  { route: '/admin/mailboxes', path: '/admin/mailboxes', who: 'admin@example.com', ready: 'Mailboxes' },
  { route: '/admin/inbound-mails', path: '/admin/inbound-mails', who: 'admin@example.com', ready: 'Mail that came in' },
  {
    route: '/admin/notification-channels',
    path: '/admin/notification-channels',
    who: 'admin@example.com',
    ready: 'Notification channels',
  },
  {
    route: '/admin/notification-templates',
    path: '/admin/notification-templates',
    who: 'admin@example.com',
    ready: 'Notification templates',
  },
  {
    route: '/admin/notification-templates/$medium/$matter/$language',
    path: '/admin/notification-templates/email/commented/en',
    who: 'admin@example.com',
    ready: 'Someone writes',
  },
  { route: '/admin/jobs', path: '/admin/jobs', who: 'admin@example.com', ready: 'Background work' },
  { route: '/admin/health', path: '/admin/health', who: 'admin@example.com', ready: 'System health' },
  { route: '/admin/calendars', path: '/admin/calendars', who: 'admin@example.com', ready: 'Calendars' },
  { route: '/admin/calendars/$id', path: () => ids.calendar, who: 'admin@example.com', ready: 'Shifts' },
  { route: '/admin/policies', path: '/admin/policies', who: 'admin@example.com', ready: 'Policies' },
  { route: '/admin/policies/$id', path: () => ids.policy, who: 'admin@example.com', ready: 'Night' },
];
/** Addresses that only lead to another page. */
export const REDIRECTS = ['/', '/insights'];
