import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from '../support/axe.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk({ isEmpty: true });

// The story is written by the server while this waits.
const STORY = 120_000;

test('the example is added in the guide, looked at, and removed with two clicks', async () => {
  const address = /\/setup#code=([A-Z0-9-]+)/.exec(server.log())?.[0];
  const { page, context, troubles } = await newPage(browser, server.url);
  await page.goto(address);
  await page.getByLabel('Name of the organization').fill('Harbour Logistics');
  await page.getByLabel('First name').fill('Ines');
  await page.getByLabel('Last name').fill('Albrecht');
  await page.getByLabel('E-mail address').fill('ines@harbour.example');
  await page.getByLabel('Password', { exact: true }).fill('eleven llamas whistle at dawn');
  await page.getByRole('button', { name: 'Create and sign in' }).click();

  let clicks = 0;
  const click = async (within, name) => {
    clicks += 1;
    await within.getByRole('button', { name, exact: true }).click();
  };
  const example = page.getByRole('region', { name: 'Look around first' });
  await example.waitFor();
  await click(page, 'Add the example organization');
  const password = await page.locator('[data-example-password]').innerText();
  assert.match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  await example.getByText('agent@example.org').waitFor();
  await example.getByText('Ready').waitFor({ timeout: STORY });
  assert.equal(clicks, 1);
  await settle(page);
  await example.scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Copy the password' }).scrollIntoViewIfNeeded();
  await shoot(page, 'example-made');
  assert.deepEqual(await findings(page), []);

  const visitor = await newPage(browser, server.url);
  await signIn(visitor.page, 'agent@example.org', password);
  await visitor.page.goto('/agent/tickets');
  await visitor.page
    .getByText(/^INC-\d+$/)
    .first()
    .waitFor();
  await settle(visitor.page);
  await shoot(visitor.page, 'example-queue');

  await page.goto('/admin/organizations');
  await page.getByRole('button', { name: 'Remove the example' }).waitFor();
  await page.getByRole('button', { name: 'Example organization', exact: true }).waitFor();
  await settle(page);
  await shoot(page, 'example-organizations');
  assert.deepEqual(await findings(page), []);
  await click(page, 'Remove the example');
  const dialog = page.getByRole('dialog', { name: 'Remove the example organization?' });
  await dialog.getByText('Your own organization stays as it is.').waitFor();
  await shoot(page, 'example-removal');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Example organization', exact: true }).waitFor();
  clicks = 0;
  await click(page, 'Remove the example');
  await click(dialog, 'Remove it for good');
  await page.getByText('The example is gone').waitFor();
  await page.getByRole('button', { name: 'Add the example organization' }).waitFor();
  assert.equal(await page.getByText('Example organization', { exact: true }).count(), 0);
  assert.equal(clicks, 2);

  await visitor.page.goto('/agent/tickets');
  await visitor.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(troubles, []);
  await visitor.context.close();
  await context.close();
});

test('on a phone, in the dark and in German nothing runs out of the page', async () => {
  const { page, context } = await newPage(browser, server.url, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    locale: 'de-DE',
  });
  await page.goto('/sign-in');
  await page.locator('input[autocomplete="username"]').fill('ines@harbour.example');
  await page.locator('input[type="password"]').fill('eleven llamas whistle at dawn');
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  await page.goto('/admin/organizations');
  await page.getByRole('button', { name: 'Beispielorganisation hinzuf\u00fcgen' }).click();
  await page.locator('[data-example-password]').waitFor();
  await settle(page);
  await shoot(page, 'example-phone');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await settle(page);
  await shoot(page, 'example-phone-list');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
  assert.deepEqual(await findings(page), []);
  await context.close();
});
