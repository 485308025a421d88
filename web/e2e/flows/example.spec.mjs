import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from '../support/axe.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk({ isEmpty: true });

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
  await example.getByText('Ready').waitFor({ timeout: 60_000 });
  assert.equal(clicks, 1);
  await settle(page);
  await shoot(page, 'example-made');
  assert.deepEqual(await findings(page), []);

  const visitor = await newPage(browser, server.url);
  await signIn(visitor.page, 'agent@example.org', password);
  await visitor.page.goto('/agent/tickets');
  await visitor.page.getByRole('link', { name: /INC-/ }).first().waitFor();
  await settle(visitor.page);
  await shoot(visitor.page, 'example-queue');

  await page.goto('/admin/organizations');
  await page.getByText('Its password was shown when it was added.').waitFor();
  await page.getByRole('button', { name: 'Example organization', exact: true }).waitFor();
  await settle(page);
  await shoot(page, 'example-organizations');
  assert.deepEqual(await findings(page), []);
  clicks = 0;
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
  await signIn(page, 'ines@harbour.example', 'eleven llamas whistle at dawn');
  await page.goto('/admin/organizations');
  await page.getByRole('button', { name: 'Beispielorganisation hinzuf\u00fcgen' }).click();
  await page.locator('[data-example-password]').waitFor();
  await settle(page);
  await shoot(page, 'example-phone');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
  assert.deepEqual(await findings(page), []);
  await context.close();
});
