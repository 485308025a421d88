import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { report } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { launch, newPage, shoot, signIn } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';

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
  { route: '/portal/status', path: '/portal/status', who: 'user@example.com', ready: 'What is disturbed now' },
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
  { route: '/admin/teams', path: '/admin/teams', who: 'admin@example.com', ready: 'Teams' },
];
/** Addresses that only lead to another page. */
const REDIRECTS = ['/', '/admin'];

const MINE = /^.(sign-in|forgot|set-pass|second|setup|help|portal)|first-steps|agent.profile/;
PAGES.splice(0, PAGES.length, ...PAGES.filter((p) => MINE.test(p.route)));
const SCREENS = [
  { name: 'light-1280', options: { colorScheme: 'light', viewport: { width: 1280, height: 800 } } },
  { name: 'dark-1280', options: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } } },
  { name: 'light-390', options: { colorScheme: 'light', viewport: { width: 390, height: 780 } } },
  { name: 'dark-390', options: { colorScheme: 'dark', viewport: { width: 390, height: 780 } } },
];

let server;
let browser;
let numbers;
before(async () => {
  server = await startServer();
  numbers = await report(server.url, 'Light', 'Dark', 'Looked at');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function check(page, name) {
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(isWide, false, `${name} is wider than the screen`);
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, `${name} has one h1`);
  const found = await findings(page);
  if (found.length) console.log('FOUND', name, found);
}

for (const screen of SCREENS) {
  test(`no page has an accessibility fault: ${screen.name}`, async () => {
    const people = new Map();
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
      await page.waitForLoadState('networkidle');
      await shoot(page, `page${route.replaceAll(/[/$]+/g, '-')}${name && `-${name}`}-${screen.name}`);
      await check(page, `${path} ${screen.name}`);
    }
    for (const { context, troubles } of people.values()) {
      assert.deepEqual(troubles, []);
      await context.close();
    }
  });
}
