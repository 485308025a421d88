import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { report } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

let started;
let refused;
let changed;
const { server, browser } = await startDesk();
before(async () => {
  [started, refused, changed] = await report(server.url, 'Started', 'Refused', 'Changed');
});

/** Holds the matching requests until `release` is called. */
async function hold(page, pattern, answer) {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await released;
    await (answer ? route.fulfill(answer) : route.continue());
  });
  return release;
}

test('a step shows before the server has answered, in the list too', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/tickets?peek=${started}`);
  await page.getByRole('button', { name: 'Start work' }).waitFor();
  const release = await hold(page, `**/${started}/start`);
  await page.getByRole('button', { name: 'Start work' }).click();
  await page.locator(`tr[data-row="${started}"]`).getByText('In progress').waitFor();
  release();
  await page.getByText(`Work on ${started} has started.`).waitFor();
  await context.close();
});

test('a step that the server refuses is taken back, with the reason and the request id', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/tickets?peek=${refused}`);
  await page.getByRole('button', { name: 'Start work' }).waitFor();
  const release = await hold(page, `**/${refused}/start`, {
    status: 500,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      code: 'INTERNAL_SERVER_ERROR',
      title: 'Internal server error',
      detail: 'something broke',
      request_id: 'r-4711',
      errors: [],
    }),
  });
  await page.getByRole('button', { name: 'Start work' }).click();
  const row = page.locator(`tr[data-row="${refused}"]`);
  await row.getByText('In progress').waitFor();
  release();
  await page.getByRole('alert').filter({ hasText: 'r-4711' }).waitFor();
  await row.getByText('New', { exact: true }).waitFor();
  await context.close();
});

const factOf = (page, name) =>
  page.getByRole('complementary', { name: 'Facts' }).getByRole('button', { name: new RegExp(`^Change ${name}`) });
const nameOf = (locator) =>
  locator.first().evaluate((element) => element.getAttribute('aria-label') ?? element.innerText);

/** What can be changed on a ticket: how, by which request, and where it shows. */
const WRITES = [
  {
    what: 'an assignment',
    path: /\/assign$/,
    act: (page) => page.keyboard.press('m'),
    at: (page) => factOf(page, 'Assignee'),
  },
  {
    what: 'an impact, with the priority that follows',
    path: /\/tickets\/INC-\d+$/,
    act: async (page) => {
      await factOf(page, 'Impact').click();
      await page.getByRole('menuitem', { name: 'Low' }).click();
    },
    at: (page) => factOf(page, 'Impact'),
  },
  {
    what: 'tags',
    path: /\/tickets\/INC-\d+$/,
    act: async (page) => {
      await factOf(page, 'Tags').click();
      const dialog = page.getByRole('dialog', { name: 'Change Tags' });
      await dialog.locator('input:visible').fill('vip');
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Save' }).click();
    },
    at: (page) => factOf(page, 'Tags'),
  },
  {
    what: 'watching',
    path: /\/watchers/,
    act: (page) => page.getByRole('button', { name: 'Watch', exact: true }).click(),
    at: (page) => page.getByRole('button', { name: /^(Watch|Stop watching)$/ }),
  },
];
for (const { what, path, act, at } of WRITES) {
  for (const status of [409, 500]) {
    test(`${what} shows before the server has answered, and is taken back with the reason of a ${status}`, async () => {
      const { page, context } = await newPage(browser, server.url);
      await signIn(page, 'agent@example.com');
      await page.goto(`/agent/incidents/${changed}`);
      await at(page).first().waitFor();
      await settle(page);
      const before = await nameOf(at(page));
      let release;
      const released = new Promise((resolve) => {
        release = resolve;
      });
      await page.route(path, async (route) => {
        if (route.request().method() === 'GET') return route.fallback();
        await released;
        const body = {
          code: 'RESOURCE_CONFLICT',
          title: 'Refused',
          detail: 'not this time',
          request_id: 'r-99',
          errors: [],
        };
        await route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(body) });
      });
      await act(page);
      for (const end = Date.now() + 10_000; (await nameOf(at(page))) === before; ) {
        assert.ok(Date.now() < end, `${what} shows while the request is held: ${before}`);
        await page.waitForTimeout(20);
      }
      release();
      await page.getByText('not this time').or(page.getByText('r-99')).first().waitFor();
      for (const end = Date.now() + 10_000; (await nameOf(at(page))) !== before; ) {
        assert.ok(Date.now() < end, `${what} is taken back`);
        await page.waitForTimeout(20);
      }
      await context.close();
    });
  }
}

test('moving through the application loads one document, and Back walks the states', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  let documents = 0;
  page.on('request', (request) => {
    if (request.resourceType() === 'document') documents += 1;
  });
  await page.getByRole('link', { name: 'Tickets', exact: true }).click();
  await page.getByRole('link', { name: /^All open/ }).click();
  await page.waitForURL('**status=**');
  await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Priority' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Critical' }).click();
  await page.waitForURL('**priority=**');
  await page.keyboard.press('Escape');
  const filtered = page.url();
  // Until the answer is there, the rows of before stand.
  await settle(page);
  const rows = await page.locator('tr[data-row]').evaluateAll((all) => all.map((row) => row.dataset.row));
  assert.ok(rows.length > 0);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**peek=**');
  await page.goBack();
  await page.waitForURL(filtered);
  await page.goBack();
  await page.waitForURL((address) => !address.search.includes('priority'));
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'People' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Teams' }).click();
  await page.getByRole('heading', { name: 'Teams' }).waitFor();
  const steps = [
    [page.getByRole('navigation').getByRole('link', { name: 'Roles' }), 'Roles'],
    [page.getByRole('link', { name: 'Agent', exact: true }), 'Agent'],
    [page.getByRole('link', { name: 'Agent console' }), 'My work'],
    [page.getByRole('navigation').getByRole('link', { name: /^Inbox/ }), 'Inbox'],
    [page.getByRole('link', { name: 'Reports' }), /./],
    [page.getByRole('link', { name: 'Home' }), 'How can we help?'],
    [page.locator('main').getByRole('link', { name: 'Report a problem' }).first(), 'Report a problem'],
  ];
  for (const [link, heading] of steps) {
    await link.first().click();
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }
  assert.equal(documents, 0, 'in fifteen steps');

  const second = await newPage(browser, server.url);
  await signIn(second.page, 'agent@example.com');
  await second.page.goto(filtered);
  await second.page.locator('tr[data-row]').first().waitFor();
  await settle(second.page);
  const same = await second.page.locator('tr[data-row]').evaluateAll((all) => all.map((row) => row.dataset.row));
  assert.deepEqual(same, rows, 'the address alone brings back the same rows');
  assert.deepEqual(troubles, []);
  await second.context.close();
  await context.close();
});

test('a list that fails says so, offers another try and is never blank', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  let isBroken = true;
  await page.route('**/api/v1/tickets?**', (route) =>
    isBroken
      ? route.fulfill({
          status: 500,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            code: 'INTERNAL_SERVER_ERROR',
            title: 'Broken',
            detail: 'broken',
            request_id: 'r-77',
          }),
        })
      : route.continue(),
  );
  await page.goto('/agent/tickets');
  await page.getByText('r-77').waitFor();
  isBroken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('tr[data-row]').first().waitFor();
  await context.close();
});
