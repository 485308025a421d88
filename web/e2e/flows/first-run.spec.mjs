import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from '../support/axe.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk({ isEmpty: true });

test('an empty server leads to its first ticket in under 15 clicks', async () => {
  const address = /\/setup#code=([A-Z0-9-]+)/.exec(server.log())?.[0];
  assert.ok(address, `the log gives the address:\n${server.log()}`);
  const { page, context, troubles } = await newPage(browser, server.url);
  let clicks = 0;
  const click = async (name) => {
    clicks += 1;
    await page.getByRole('button', { name, exact: true }).click();
  };

  await page.goto('/');
  await page.waitForURL('**/setup');
  await page.getByRole('heading', { name: 'Welcome to Steward' }).waitFor();
  await page.goto(address);
  await page.reload();
  assert.match(await page.getByLabel('Setup code').inputValue(), /^[A-Z0-9-]+$/);
  await shoot(page, 'setup');
  assert.deepEqual(await findings(page), []);
  await click('Create and sign in');
  await page.getByText('Give your organization a name').waitFor();
  await page.getByLabel('Name of the organization').fill('Harbour Logistics');
  await page.getByLabel('First name').fill('Ines');
  await page.getByLabel('Last name').fill('Albrecht');
  await page.getByLabel('E-mail address').fill('ines@harbour.example');
  await page.getByLabel('Password', { exact: true }).fill('password1234');
  await click('Create and sign in');
  await page.getByLabel('Password', { exact: true }).and(page.locator('[aria-invalid="true"]')).waitFor();
  await page.getByLabel('Password', { exact: true }).fill('eleven llamas whistle at dawn');
  await click('Create and sign in');

  await page.getByRole('heading', { name: 'Three steps to your first ticket' }).waitFor();
  await page.getByText('Harbour Logistics is ready.').waitFor();
  await click('Add the team');
  await page.getByText('The team Service desk is there.').waitFor();
  await page.getByLabel('First name').fill('Priya');
  await page.getByLabel('Last name').fill('Raman');
  await page.getByLabel('E-mail address').fill('priya@harbour.example');
  await click('Add');
  await page.getByText('Priya Raman is there.').waitFor();
  const password = await page.locator('[data-first-password]').innerText();
  await click('Report it');
  await page.getByText(/INC-0*1 is there/).waitFor();
  await page.getByRole('heading', { name: 'That is all it takes' }).waitFor();
  await shoot(page, 'setup-done');
  assert.deepEqual(await findings(page), []);
  assert.ok(clicks < 15, `${clicks} clicks`);

  const colleague = await newPage(browser, server.url);
  await signIn(colleague.page, 'priya@harbour.example', password);
  await colleague.page.goto('/agent/tickets');
  await colleague.page.getByRole('link', { name: 'The printer on the first floor does not print' }).waitFor();
  await colleague.page.goto('/setup');
  await colleague.page.getByRole('heading', { name: 'Steward is set up already' }).waitFor();
  assert.deepEqual([...troubles, ...colleague.troubles], []);
  await colleague.context.close();
  await context.close();
});
