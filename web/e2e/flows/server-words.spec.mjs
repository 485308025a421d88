import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, report, signInToApi } from '../support/api.mjs';
import { newPage, settle, shoot } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
const [open, over] = await report(server.url, 'Worte eins', 'Worte zwei');
await api('POST', `/tickets/${over}/cancel`, { reason: 'came twice' });

async function inGerman(email) {
  const visitor = await newPage(browser, server.url, { locale: 'de-DE' });
  const { page } = visitor;
  await page.goto('/sign-in');
  await page.locator('input[autocomplete="username"]').fill(email);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  return visitor;
}

/** A ticket of the demonstration that Steward escalated by itself, and how it says why. */
async function escalated() {
  const { data } = await api('GET', '/tickets?per_page=100&sort=created_at');
  for (const { number } of data) {
    const timeline = await api('GET', `/tickets/${number}/timeline`);
    const item = timeline.data.find((each) => each.field === 'escalation_reason' && each.automatic);
    if (item) return { number, item };
  }
  assert.fail('the demonstration escalates nothing by itself');
}

test('why many tickets at once were left as they were is said in the language of the reader', async () => {
  const { page, context, troubles } = await inGerman('agent@example.com');
  await page.goto('/agent/tickets?view=all&search=worte');
  await page.locator(`tr[data-row="${open}"]`).waitFor();
  await page.locator('thead input[type="checkbox"]').click();
  await page.getByRole('toolbar', { name: 'Ausgewählte Tickets' }).waitFor();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Vorschau' }).click();
  const row = dialog.getByRole('row').filter({ hasText: over });
  await row.getByText('Beginnen kann man nur ein Ticket, das neu oder zugewiesen ist.').waitFor();
  await shoot(page, 'german-bulk-refused');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the timeline and the roles speak it too', async () => {
  const { number, item } = await escalated();
  const { page, context, troubles } = await inGerman('admin@example.com');
  await page.goto(`/agent/incidents/${number}`);
  const why = page.getByText(/Grund der Eskalation/).first();
  await why.waitFor();
  await settle(page);
  const text = await page.locator('main').innerText();
  assert.ok(!text.includes(item.new), 'not the words of the server');
  assert.match(text, /aufgebraucht|aufgegriffen|nicht gelöst|nichts davon zu hören/);
  await why.scrollIntoViewIfNeeded();
  await shoot(page, 'german-escalation');

  await page.goto('/admin/roles');
  await page.getByText('Bearbeitet Tickets, leitet Großstörungen').waitFor();
  assert.equal(await page.getByText('Works on tickets').count(), 0);
  await shoot(page, 'german-roles');
  // What someone wrote stays as it was written.
  const admin = await signInToApi(server.url, 'admin@example.com');
  const auditor = (await admin('GET', '/roles')).data.find(({ name }) => name === 'auditor');
  await admin('PATCH', `/roles/${auditor.id}`, { description: 'Looks at what was done' });
  await page.reload();
  await page.getByText('Looks at what was done').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});
