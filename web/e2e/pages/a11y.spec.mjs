import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

/** Every page with who looks at it and what stands on it when it is there. */
const PAGES = [
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
const REDIRECTS = ['/', '/insights'];

const SCREENS = [
  { name: 'light-1280', options: { colorScheme: 'light', viewport: { width: 1280, height: 800 } } },
  { name: 'dark-1280', options: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } } },
  // High enough for every page: what a bar lies over depends on how far one has scrolled.
  { name: 'light-390', options: { colorScheme: 'light', viewport: { width: 390, height: 1800 } } },
  { name: 'dark-390', options: { colorScheme: 'dark', viewport: { width: 390, height: 1800 } } },
];

let numbers;
/** Addresses of records of the administration. */
const ids = {};

async function makeRecords(url) {
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

const { server, browser } = await startDesk();
before(async () => {
  numbers = await report(server.url, 'Light', 'Dark', 'Looked at');
  await makeRecords(server.url);
});

test('every route of the application is among the pages that are checked', () => {
  const tree = readFileSync(new URL('../../src/app/route-tree.gen.ts', import.meta.url), 'utf8');
  const union = /fullPaths:([^}]*?)\n {2}fileRoutesByTo/.exec(tree)?.[1] ?? '';
  const routes = [...union.matchAll(/'([^']+)'/g)].map(([, path]) => path.replace(/(.)\/$/, '$1'));
  const known = new Set([...PAGES.map((page) => page.route), ...REDIRECTS]);
  assert.ok(routes.length > 5, 'the route tree could not be read');
  assert.deepEqual(
    [...new Set(routes)].filter((route) => !known.has(route)),
    [],
  );
});

/** What is wrong with a page, each in a line that names it. */
async function faults(page, name) {
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  const titles = await page.getByRole('heading', { level: 1 }).count();
  return [
    ...(isWide ? ['is wider than the screen'] : []),
    ...(titles === 1 ? [] : [`has ${titles} headings of the first level`]),
    ...(await findings(page)),
  ].map((fault) => `${name}: ${fault}`);
}

for (const screen of SCREENS) {
  test(`no page has an accessibility fault: ${screen.name}`, async () => {
    const people = new Map();
    const found = [];
    for (const { route, path: address, name = '', who = '', ready } of PAGES) {
      const path = typeof address === 'function' ? address() : address;
      if (!people.has(who)) {
        const visitor = await newPage(browser, server.url, screen.options);
        if (who) await signIn(visitor.page, who);
        people.set(who, visitor);
      }
      const { page } = people.get(who);
      await page.goto(path);
      await page.getByRole('heading', { name: ready, level: 1 }).waitFor();
      await settle(page);
      await shoot(page, `page${route.replaceAll(/[/$]+/g, '-')}${name && `-${name}`}-${screen.name}`);
      found.push(...(await faults(page, path)));
    }
    assert.deepEqual(found, []);
    for (const { context, troubles } of people.values()) {
      assert.deepEqual(troubles, []);
      await context.close();
    }
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`dialogs, menus and page states have no accessibility fault: ${colorScheme}`, async () => {
    const { page, context } = await newPage(browser, server.url, { colorScheme });
    await signIn(page, 'admin@example.com');
    const look = async (name) => {
      await shoot(page, `state-${name}-${colorScheme}`);
      assert.deepEqual(await findings(page), [], name);
    };
    const number = colorScheme === 'light' ? numbers[0] : numbers[1];
    await page.goto(`/agent/incidents/${number}`);
    await page.getByRole('button', { name: 'Start work' }).click();
    await page.getByText(`Work on ${number} has started.`).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await look('help');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Command palette' }).waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /Close/ }).waitFor();
    await look('menu');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: /Resolve/ }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    await look('resolve');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('i');
    await page.getByRole('textbox', { name: 'Internal note' }).fill('A note');
    await look('composer-internal');
    await page.getByRole('textbox', { name: 'Internal note' }).fill('');
    await page.goto('/agent/incidents/INC-999999');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await look('not-found');
    await page.goto('/agent/tickets?priority=%5B%22critical%22%5D&status=%5B%22new%22%5D');
    await page.getByText('No ticket matches').waitFor();
    await look('empty');
    await page.goto('/admin/users');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('dialog', { name: 'Add a person' }).waitFor();
    await look('add-person');
    await context.close();
  });
}

test('the keyboard finds the content past the navigation', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets');
  await page.locator('tr[data-row]').first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  await context.close();
});
