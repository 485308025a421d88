import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { PASSWORD, report } from '../support/api.mjs';
import { newPage, shoot } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

let number;
const { server, browser } = await startDesk();
before(async () => {
  [number] = await report(server.url, 'Sprache');
});

async function signInWith(page, email) {
  await page.goto('/sign-in');
  await page.locator('input[autocomplete="username"]').fill(email);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

test('the page speaks the language of the browser, and another one when it is chosen', async () => {
  const german = await newPage(browser, server.url, { locale: 'de-AT' });
  await german.page.goto('/sign-in');
  await german.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  assert.equal(await german.page.evaluate(() => document.documentElement.lang), 'de');
  await signInWith(german.page, 'user@example.com');
  await german.page.getByRole('heading', { name: 'Wie können wir helfen?' }).waitFor();
  await german.page.goto(`/portal/requests/${number}`);
  await german.page.getByText('Eingegangen').first().waitFor();
  const exact = await german.page.locator('time').first().getAttribute('title');
  assert.match(exact, /^\d{1,2}\. ?\S+ \d{4}|^\d{2}\.\d{2}\.\d{4}/, 'dates as they are written in Austria');
  await shoot(german.page, 'german-request');
  await german.page.goto('/help/user-guide');
  await german.page.getByRole('heading', { name: 'Anleitung', level: 1 }).waitFor();
  assert.deepEqual(german.troubles, []);
  await german.context.close();

  const french = await newPage(browser, server.url, { locale: 'fr-FR' });
  await french.page.goto('/sign-in');
  await french.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await french.page.getByLabel('Language').selectOption('de');
  await french.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  await french.page.reload();
  await french.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  await french.context.close();
});
