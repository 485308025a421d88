import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { go, newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { makeRecords, PAGES, pathOf } from '../support/pages.mjs';

const { server, browser } = await startDesk();
before(() => makeRecords(server.url));

const REQUEST_ID = 'r-states-42';
const problem = (status, code, title) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', status, code, title, detail: '', request_id: REQUEST_ID, errors: [] }),
});

/** What becomes of every answer but those of the session, and what a page then says. */
const FAULTS = {
  500: { answer: problem(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong'), says: 'Something went wrong' },
  403: { answer: problem(403, 'INSUFFICIENT_PERMISSIONS', 'Not allowed'), says: 'You may not open this' },
  404: { answer: problem(404, 'RESOURCE_NOT_FOUND', 'Not found'), says: 'There is nothing here' },
  offline: { answer: null, says: 'No connection' },
};

/** Pages that stand before anything is asked for, or without it: forms, choices, explanations. */
const STAND_ALONE = new Set([
  '/portal/report',
  '/portal/profile',
  '/agent/profile',
  '/agent/tickets/new',
  '/insights/what-if',
]);

const SESSION = /\/api\/v1\/(auth\/(login|refresh)|stream|users\/me$)/;
const pages = PAGES.filter((page) => page.who);

/** Answers so until it is told to stop. */
async function fail(page, { answer }) {
  let isOver = false;
  await page.route(/\/api\/v1\//, (route) => {
    const { pathname } = new URL(route.request().url());
    if (isOver || SESSION.test(pathname) || route.request().method() !== 'GET') return route.continue();
    return answer ? route.fulfill(answer) : route.abort();
  });
  return (isEnd) => {
    isOver = isEnd;
  };
}

/** Someone who is signed in; what is tried again after a while is tried again soon. */
async function visitor(who, meet) {
  const open = await newPage(browser, server.url);
  await open.page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = (act, ms, ...rest) => later(act, ms >= 400 && ms <= 800 ? ms / 20 : ms, ...rest);
  });
  await signIn(open.page, who);
  const end = await meet(open.page);
  // Loaded anew where nothing is asked for: what was answered before is forgotten.
  await open.page.goto('/help/user-guide');
  await settle(open.page);
  return { ...open, end };
}

/** Goes to a page and waits until it has loaded, if it ever does. */
async function visit(page, entry) {
  await go(page, pathOf(entry));
  await page.waitForFunction(() => !document.querySelector('[role=status][aria-label=Loading]')).catch(() => undefined);
}

/** What a page shows: its headings of the first level, its alerts, and how much there is of it. */
function look(page) {
  return page.evaluate(() => ({
    titles: [...document.querySelectorAll('h1')].filter((title) => title.checkVisibility()).length,
    alerts: [...document.querySelectorAll('[role=alert][data-page-state]')].map((alert) => ({
      text: alert.textContent,
      ways: [...alert.querySelectorAll('a, button')].map((way) => way.textContent),
    })),
    words: document.querySelector('main')?.innerText.trim().length ?? 0,
    isWaiting: document.querySelector('[role=status][aria-label=Loading]') !== null,
  }));
}

function wrong(seen, { says }, name, isStanding) {
  const faults = [];
  if (seen.titles !== 1) faults.push(`has ${seen.titles} headings of the first level`);
  if (seen.words < 20) faults.push('is blank');
  if (seen.isWaiting) faults.push('waits for ever');
  if (seen.alerts.length === 0 && !isStanding) faults.push('does not say that something failed');
  for (const { text, ways } of seen.alerts) {
    if (!text.includes(says)) faults.push(`says "${text}"`);
    if (name === '500' && !text.includes(REQUEST_ID)) faults.push('shows no request id');
    if (ways.length === 0) faults.push('leads nowhere');
    if (name !== '403' && !ways.includes('Try again')) faults.push('cannot be tried again');
  }
  return faults;
}

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`every page says what to do when its answers are: ${name}`, async () => {
    const found = [];
    let alerts = 0;
    for (const who of new Set(pages.map((page) => page.who))) {
      const { page, context, troubles, end } = await visitor(who, (each) => fail(each, fault));
      const own = pages.filter((each) => each.who === who);
      for (const entry of own) {
        await visit(page, entry);
        const seen = await look(page);
        // Where others came back before, their answers may serve this page too.
        const isStanding = STAND_ALONE.has(entry.route) || name === '500';
        alerts += seen.alerts.length;
        const faults = wrong(seen, fault, name, isStanding);
        found.push(...faults.map((text) => `${pathOf(entry)} ${text}`));
        found.push(...troubles.splice(0).map((text) => `${pathOf(entry)} ${text}`));
        if (name !== '500') continue;
        end(true);
        await tryAgain(page);
        const left = (await look(page)).alerts;
        found.push(...left.map(({ text }) => `${pathOf(entry)} still says "${text}"`));
        const title = page.getByRole('heading', { name: entry.ready, level: 1 });
        await title.waitFor().catch(() => found.push(`${pathOf(entry)} does not come back`));
        end(false);
      }
      await context.close();
    }
    assert.deepEqual(found, []);
    assert.ok(alerts > pages.length / 2, `only ${alerts} alerts were seen`);
  });
}

/** Every list is there, and holds nothing. */
async function empty(page) {
  await page.route(/\/api\/v1\//, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (SESSION.test(pathname) || route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    const body = await response.json().catch(() => null);
    if (!Array.isArray(body?.data)) return route.fulfill({ response });
    const pagination = body.pagination && { ...body.pagination, total: 0, total_pages: 0 };
    return route.fulfill({ response, json: { ...body, data: [], pagination, next_cursor: null } });
  });
}

/** Tries everything again that failed, now that the server answers. */
async function tryAgain(page) {
  const again = page.getByRole('button', { name: 'Try again' });
  for (let times = 0; times < 10 && (await again.count()) > 0; times += 1) {
    await again.first().click();
    await settle(page);
  }
  // What was asked for last may be drawn a moment later.
  await again
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
}

test('every page stands when its lists are empty', async () => {
  const found = [];
  for (const who of new Set(pages.map((page) => page.who))) {
    const { page, context, troubles } = await visitor(who, empty);
    for (const entry of pages.filter((each) => each.who === who)) {
      await visit(page, entry);
      const seen = await look(page);
      if (seen.titles !== 1) found.push(`${pathOf(entry)} has ${seen.titles} headings of the first level`);
      if (seen.words < 20) found.push(`${pathOf(entry)} is blank`);
      if (seen.alerts.length > 0) found.push(`${pathOf(entry)} says "${seen.alerts[0].text}"`);
      found.push(...troubles.splice(0).map((text) => `${pathOf(entry)} ${text}`));
    }
    await context.close();
  }
  assert.deepEqual(found, []);
});
