import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const COUNT = 50;
const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
const numbers = await report(server.url, ...Array.from({ length: COUNT }, (_, index) => `Heap ${index + 1}`));

test('fifty tickets are assigned and tagged, the refused are named, and one undo takes it back', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  // Three of them are closed before the list is loaded: they refuse.
  for (const number of numbers.slice(0, 3)) {
    await api('POST', `/tickets/${number}/assign`, { assignee_id: (await api('GET', '/users/me')).id });
    await api('POST', `/tickets/${number}/start`, {});
    await api('POST', `/tickets/${number}/resolve`, { resolution_code: 'solved', resolution_note: 'done' });
    await api('POST', `/tickets/${number}/close`, {});
  }
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&search=heap');
  await page.getByText(`${COUNT} tickets`, { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: 'Select all rows that are loaded' }).click();
  const bar = page.getByRole('toolbar', { name: 'Selected tickets' });
  await bar.getByText(`${COUNT} selected`).waitFor();
  await page.keyboard.press('t');
  const tags = page.getByRole('dialog', { name: /^Tags/ });
  await tags.getByLabel('Add tags').fill('heap');
  await page.keyboard.press('Enter');
  await tags.getByRole('button', { name: 'Change tags' }).click();
  await tags.getByText('3 tickets were refused').waitFor();
  for (const number of numbers.slice(0, 3)) {
    const row = tags.getByRole('row').filter({ hasText: number });
    await row.waitFor();
    assert.ok((await row.getByRole('cell').last().innerText()).length > 10, 'the reason is told');
  }
  await shoot(page, 'bulk-refused');
  await page.keyboard.press('Escape');
  await bar.getByText('3 selected').waitFor();
  await page.getByText('47 tickets changed.').waitFor();
  assert.deepEqual((await api('GET', `/tickets/${numbers[9]}`)).tags, ['heap']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone.').waitFor();
  assert.deepEqual((await api('GET', `/tickets/${numbers[9]}`)).tags, []);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('rows are chosen with the keyboard, changed together and put back with z', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&search=heap&sort=-number');
  await page.locator('tr[data-row]').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  for (const _ of [1, 2, 3]) await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await page.getByText('4 selected').waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: /^Assign/ });
  await dialog.getByLabel('Person').waitFor();
  await page.keyboard.type('Jonas');
  await page.getByRole('option', { name: 'Jonas Weber' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.value === 'Jonas Weber');
  await dialog.getByRole('button', { name: 'Assign' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('4 tickets changed.').waitFor();
  const last = numbers.at(-1);
  assert.equal((await api('GET', `/tickets/${last}`)).assignee.name, 'Jonas Weber');
  await page.keyboard.press('z');
  await page.getByText('Undone.').waitFor();
  assert.equal((await api('GET', `/tickets/${last}`)).assignee, null);
  await context.close();
});

test('before many are changed it is shown what would be refused, and nothing is changed yet', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&search=heap');
  await page.getByText(`${COUNT} tickets`, { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: 'Select all rows that are loaded' }).click();
  await page.getByRole('toolbar', { name: 'Selected tickets' }).getByText(`${COUNT} selected`).waitFor();
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: /^Tags/ });
  await dialog.getByLabel('Add tags').fill('looked-at');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('47 tickets will be changed').waitFor();
  await dialog.getByRole('cell', { name: numbers[0], exact: true }).waitFor();
  assert.deepEqual((await api('GET', `/tickets/${numbers[9]}`)).tags, []);
  await shoot(page, 'bulk-preview');
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.getByText('looked-at').waitFor();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('button', { name: 'Change 47 tickets' }).click();
  await page.getByText('47 tickets changed.').waitFor();
  assert.deepEqual((await api('GET', `/tickets/${numbers[9]}`)).tags, ['looked-at']);
  assert.deepEqual(troubles, []);
  await context.close();
});
