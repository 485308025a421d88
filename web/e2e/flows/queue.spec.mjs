import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { scrolledList } from '../support/scrolled-list.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
const numbers = await report(server.url, 'Zebra one', 'Zebra two', 'Zebra three', 'Cell');

const rowsOf = (page) => page.locator('tr[data-row]').evaluateAll((all) => all.map((row) => row.dataset.row));

test('words and typed filters narrow the list, and no keystroke is lost', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all');
  await page.locator('tr[data-row]').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('status:open zebra');
  await page.waitForURL('**search=**');
  await page.getByText('3 tickets', { exact: true }).waitFor();
  assert.equal(await page.getByRole('searchbox', { name: 'Search tickets' }).inputValue(), 'status:open zebra');
  assert.deepEqual((await rowsOf(page)).toSorted(), numbers.slice(0, 3).toSorted());
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a view is saved with columns and filters, tells unsaved changes, and a colleague opens the shared one', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/agent/tickets?view=all&search=zebra&sort=number');
  await page.locator('tr[data-row]').first().waitFor();
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a view' });
  await dialog.getByLabel('Name').fill('Zebras');
  await dialog.getByLabel('Everyone who works on tickets').click();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('heading', { name: 'Zebras' }).waitFor();
  await page
    .getByRole('link', { name: /^Zebras/ })
    .getByText('3')
    .waitFor();

  await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Priority' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Medium' }).click();
  await page.keyboard.press('Escape');
  await page.getByText('Unsaved changes').waitFor();
  await page.getByRole('button', { name: 'Columns and density' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Requester' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Requester' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save the changes' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  await shoot(page, 'queue-view');

  const second = await newPage(browser, server.url);
  await signIn(second.page, 'agent@example.com');
  await second.page.goto('/agent/tickets?view=all');
  await second.page.getByRole('link', { name: /^Zebras/ }).click();
  await second.page.getByRole('heading', { name: 'Zebras' }).waitFor();
  await second.page.locator(`tr[data-row="${numbers[0]}"]`).waitFor();
  assert.deepEqual(await rowsOf(second.page), numbers.slice(0, 3));
  assert.equal(await second.page.getByRole('columnheader', { name: 'Requester' }).count(), 0);
  await second.context.close();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a cell is changed where it stands, shows at once and comes back when it is refused', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&search=cell');
  const row = page.locator(`tr[data-row="${numbers[3]}"]`);
  await row.getByRole('button', { name: `Change Assignee of ${numbers[3]}` }).click();
  await page.locator('input[data-autofocus]:focus').waitFor();
  await page.keyboard.type('Jonas');
  await page.getByRole('option', { name: 'Jonas Weber' }).click();
  await row.getByText('Jonas Weber').waitFor();
  await page.getByText(`${numbers[3]} is assigned.`).waitFor();
  assert.equal((await api('GET', `/tickets/${numbers[3]}`)).assignee.name, 'Jonas Weber');

  await page.route(`**/${numbers[3]}/start`, (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'RESOURCE_CONFLICT', title: 'Conflict', detail: 'not now', errors: [] }),
    }),
  );
  await row.getByRole('button', { name: `Change Status of ${numbers[3]}` }).click();
  await page.getByRole('button', { name: 'Start work' }).click();
  await page.getByRole('alert').filter({ hasText: 'not now' }).waitFor();
  await row.getByText('Assigned', { exact: true }).waitFor();
  await context.close();
});

test('tickets of others wait behind a pill, and nothing jumps', async () => {
  const { page, context } = await newPage(browser, server.url);
  await page.clock.install();
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all');
  await page.locator('tr[data-row]').first().waitFor();
  const before = await rowsOf(page);
  await report(server.url, 'Came in meanwhile');
  await page.clock.runFor(16_000);
  await page.getByRole('button', { name: '1 new' }).waitFor();
  assert.deepEqual(await rowsOf(page), before);
  await page.getByRole('button', { name: '1 new' }).click();
  await page.locator('tr[data-row]').first().getByText('Came in meanwhile').waitFor();
  await page.getByRole('button', { name: '1 new' }).waitFor({ state: 'detached' });
  await context.close();
});

test('rows are copied as CSV with the columns that are shown', async () => {
  const { page, context } = await newPage(browser, server.url, { permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&search=zebra&columns=%5B%22number%22%2C%22title%22%5D&sort=number');
  await page.locator(`tr[data-row="${numbers[0]}"]`).waitFor();
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await page.getByText('3 rows copied as CSV.').waitFor();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual(csv.split(/\r?\n/), [
    'Number,Title',
    `${numbers[0]},Zebra one`,
    `${numbers[1]},Zebra two`,
    `${numbers[2]},Zebra three`,
    '',
  ]);
  await context.close();
});

test('the list is grouped, each group with its number, and the address keeps it', async () => {
  await api('POST', `/tickets/${numbers[1]}/start`, {});
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&search=zebra&sort=number');
  await page.locator('tr[data-row]').first().waitFor();
  await page.getByRole('button', { name: 'Columns and density' }).click();
  await page.getByRole('menuitemradio', { name: 'Assignee' }).click();
  await page.keyboard.press('Escape');
  await page.waitForURL('**group=assignee**');
  await page.getByRole('rowheader', { name: 'Nobody · 2' }).waitFor();
  await page.getByRole('rowheader', { name: 'Priya Raman · 1' }).waitFor();
  assert.deepEqual(await rowsOf(page), [numbers[1], numbers[0], numbers[2]]);
  // The keys walk the rows and pass the headings by.
  for (const _ of [1, 2]) await page.keyboard.press('j');
  assert.equal(await page.locator('tr[data-cursor]').getAttribute('data-row'), numbers[0]);
  await shoot(page, 'queue-groups');
  await page.goto('/agent/tickets?view=all&search=zebra&sort=number&group=status');
  await page.getByRole('rowheader', { name: 'New · 2' }).waitFor();
  await page.getByRole('rowheader', { name: 'In progress · 1' }).waitFor();
  assert.deepEqual(await rowsOf(page), [numbers[0], numbers[2], numbers[1]]);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('columns and density chosen on one device are there on another', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent2@example.com');
  await page.goto('/agent/tickets?view=all');
  await page.locator('tr[data-row]').first().waitFor();
  await page.getByRole('button', { name: 'Columns and density' }).click();
  const kept = () => page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
  await Promise.all([kept(), page.getByText('Compact', { exact: true }).click()]);
  await Promise.all([kept(), page.getByRole('menuitemcheckbox', { name: 'Team' }).click()]);
  await context.close();
  const second = await newPage(browser, server.url);
  await signIn(second.page, 'agent2@example.com');
  await second.page.goto('/agent/tickets?view=all');
  await second.page.getByRole('columnheader', { name: 'Assignee' }).waitFor();
  await second.page.getByRole('columnheader', { name: 'Team' }).waitFor({ state: 'detached' });
  const height = await second.page.locator('tr[data-row]').first().boundingBox();
  assert.ok(height.height < 32, `a compact row is ${height.height} px high`);
  await second.context.close();
});

test('what of a timeline is shown is in the address', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[1]}`);
  await page.getByText('Changes', { exact: true }).click();
  await page.waitForURL('**timeline=changes**');
  await page.goto(`/agent/tickets?view=all&peek=${numbers[1]}&timeline=notes`);
  await page.getByRole('radio', { name: 'Notes' }).and(page.locator(':checked')).waitFor({ state: 'attached' });
  await context.close();
});

test('the wheel goes through hundreds of rows, and what comes into view is there', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&sort=number');
  await page.locator('tr[data-row]').first().waitFor();
  await settle(page);
  const inView = () =>
    page.evaluate(() => {
      const view = document.querySelector('table').parentElement.getBoundingClientRect();
      const rows = [...document.querySelectorAll('tr[data-row]')].map((row) => row.getBoundingClientRect());
      return rows.filter((row) => row.top < view.bottom && row.bottom > view.top + 40).length;
    });
  const full = await inView();
  assert.ok(full > 10, `${full} rows in view`);
  await page.locator('tr[data-row]').first().hover();
  const late = page.locator('tr[data-row="INC-000300"]');
  for (let turn = 0; turn < 60 && !(await late.isVisible()); turn += 1) {
    await page.mouse.wheel(0, 400);
    await settle(page);
    assert.ok((await inView()) >= full - 1, `rows in view after turn ${turn}`);
  }
  await late.waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a ticket opens beside the list, and the list keeps its place', async () => {
  const { page, context, troubles, place } = await scrolledList(browser, server.url);
  const before = await place();
  assert.ok(before > 500, `scrolled to ${before}`);
  await page.locator('tr[data-row="INC-000035"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Facts' }).waitFor();
  assert.ok(Math.abs((await place()) - before) < 80, 'beside the ticket');
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Facts' }).waitFor({ state: 'detached' });
  assert.ok(Math.abs((await place()) - before) < 80, 'alone again');
  assert.deepEqual(troubles, []);
  await context.close();
});
