import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();

test('an address that leads nowhere, and a server that fails, say what helps', async () => {
  const { page, context, excuse } = await newPage(browser, server.url);
  excuse(/404 of GET .*INC-999999/);
  await page.goto('/nowhere');
  await page.getByRole('heading', { name: 'There is nothing here', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Go to the start page' }).click();
  await page.waitForURL('**/sign-in');
  await signIn(page, 'user@example.com');
  await page.goto('/portal/requests/INC-999999');
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();

  await page.route('**/api/v1/tickets?**', (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        code: 'INTERNAL_SERVER_ERROR',
        title: 'Something went wrong',
        detail: '',
        request_id: 'r-42',
      }),
    }),
  );
  await page.goto('/portal/requests');
  await page.getByText('r-42').waitFor();
  await shoot(page, 'error-500');
  await page.unroute('**/api/v1/tickets?**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('r-42').waitFor({ state: 'detached' });
  await page.getByRole('heading', { level: 1 }).waitFor();

  await page.route('**/api/v1/major-incidents**', (route) => route.abort());
  await page.goto('/portal/status');
  await page.getByText('The server cannot be reached.').waitFor();
  await context.close();
});

test('what is refused says so', async () => {
  const { page, context, excuse } = await newPage(browser, server.url);
  excuse(/403 of GET/);
  await signIn(page, 'user@example.com');
  await page.goto('/admin/users');
  await page.getByText('You may not open this').first().waitFor();
  await shoot(page, 'error-403');
  await context.close();
});

test('a session that ends while someone types asks for the password over the page, and the text stays', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'user@example.com');
  await page.goto('/portal/report');
  await page.getByLabel('What is wrong?').fill('The badge reader is dead');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Send' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await shoot(page, 'session-ended');
  await dialog.getByLabel('Password', { exact: true }).fill('steward-demo-harbour-42');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('What is wrong?').inputValue(), 'The badge reader is dead');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL('**/portal/requests/INC-*');
  await context.close();
});

test('after an upgrade, when a part of the program is gone, the page loads itself anew once', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'user@example.com');
  await page.goto('/portal');
  await page.getByRole('heading', { name: 'How can we help?' }).waitFor();
  let isUpgraded = false;
  let documents = 0;
  page.on('request', (request) => {
    if (request.resourceType() !== 'document') return;
    documents += 1;
    isUpgraded = true;
  });
  // The old chunks are gone until the new page is loaded.
  await context.route('**/assets/profile-*.js', (route) => (isUpgraded ? route.continue() : route.abort()));
  await page.getByRole('button', { name: 'Account of Lea Fontaine' }).click();
  await page.getByRole('menuitem', { name: 'Your profile' }).click();
  await page.getByRole('heading', { name: 'Your profile' }).waitFor();
  assert.equal(documents, 1, 'loaded once');
  await context.close();
});

test('files that wait to be sent are not left behind unasked', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'user@example.com');
  await page.goto('/portal/report');
  await page
    .getByLabel('Add files')
    .setInputFiles({ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await page.getByText('log.txt').waitFor();
  await page.getByRole('link', { name: 'My requests' }).first().click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay here' }).click();
  await page.getByText('log.txt').waitFor();
  // Closing the tab asks too.
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const leaving = await asked;
  assert.equal(leaving.type(), 'beforeunload');
  await leaving.dismiss();
  await page.getByText('log.txt').waitFor();
  await context.close();
});
