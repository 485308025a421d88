import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { report } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

let started;
let refused;
const { server, browser } = await startDesk();
before(async () => {
  [started, refused] = await report(server.url, 'Started', 'Refused');
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
  assert.equal(documents, 0);

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
