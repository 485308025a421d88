import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPage, shoot, signIn } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const FIRST_PASSWORD = 'copper-lantern-58-river';

test('an administrator adds a person and a team, and ends the access of the person', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await dialog.getByLabel('First name').fill('Nadia');
  await dialog.getByLabel('Last name').fill('Aalto');
  await dialog.getByLabel('E-mail').fill('nadia@example.com');
  await dialog.getByLabel('First password').fill('passwordpassword');
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  const password = dialog.getByLabel('First password');
  await page.waitForFunction(() => document.querySelector('[type=password][aria-invalid=true]') !== null);
  assert.ok(await password.evaluate((element) => element === document.activeElement), 'the bad field has the focus');
  await shoot(page, 'admin-field-error');
  await password.fill(FIRST_PASSWORD);
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('row', { name: /Nadia Aalto/ }).waitFor();

  await page.getByRole('link', { name: 'Teams' }).click();
  await page.getByRole('button', { name: 'Add a team' }).click();
  const team = page.getByRole('dialog', { name: 'Add a team' });
  await team.getByLabel('Name').fill('Databases');
  await team.getByLabel('What it looks after').fill('PostgreSQL, backups');
  await team.getByRole('button', { name: 'Add a team' }).click();
  await page.getByRole('heading', { name: 'Databases' }).waitFor();
  await page.getByRole('button', { name: 'Add a member to Databases' }).click();
  const member = page.getByRole('dialog', { name: 'Add a member to Databases' });
  await member.getByRole('combobox', { name: 'Person' }).fill('Nadia');
  await page.getByRole('option', { name: 'Nadia Aalto' }).click();
  await member.getByRole('button', { name: 'Add a member' }).click();
  await page.getByText('Nadia Aalto is a member of Databases.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Databases' }).getByText('Members: 1').waitFor();

  const other = await newPage(browser, server.url);
  await signIn(other.page, 'nadia@example.com', FIRST_PASSWORD);
  await other.page.getByRole('heading', { name: 'How can we help?' }).waitFor();

  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('button', { name: 'Actions for Nadia Aalto' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  const sure = page.getByRole('dialog', { name: 'Deactivate Nadia Aalto?' });
  await sure.getByText('Every session of Nadia Aalto ends at once').waitFor();
  await sure.getByRole('button', { name: 'Deactivate' }).click();
  await page
    .getByRole('row', { name: /Nadia Aalto/ })
    .getByText('Deactivated')
    .waitFor();

  await other.page.reload();
  await other.page.waitForURL('**/sign-in**');
  assert.deepEqual(troubles, []);
  await other.context.close();
  await context.close();
});
