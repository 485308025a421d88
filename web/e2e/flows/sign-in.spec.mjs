import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { PASSWORD, report } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

let number;
const { server, browser } = await startDesk();
before(async () => {
  [number] = await report(server.url, 'Something to open');
});

test('a wrong password is told, and the name that was typed stays', async () => {
  const { page, context } = await newPage(browser, server.url);
  await page.goto('/');
  await page.waitForURL('**/sign-in');
  await shoot(page, 'sign-in');
  await page.getByLabel('E-mail address or username').fill('agent@example.com');
  await page.getByLabel('Password', { exact: true }).fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('E-mail address or username').inputValue(), 'agent@example.com');
  await context.close();
});

test('what is missing is said at its field, and the first one has the focus', async () => {
  const { page, context } = await newPage(browser, server.url);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const name = page.getByLabel('E-mail address or username');
  await page.getByText('Enter your e-mail address or username').waitFor();
  assert.equal(await name.getAttribute('aria-invalid'), 'true');
  assert.ok(await name.evaluate((element) => element === document.activeElement));
  await context.close();
});

test('each role starts where its work is, and returns to the page that it asked for', async () => {
  for (const [email, start] of [
    ['user@example.com', '/portal'],
    ['agent@example.com', '/agent'],
    ['admin@example.com', '/agent'],
  ]) {
    const { page, context } = await newPage(browser, server.url);
    await signIn(page, email);
    assert.equal(new URL(page.url()).pathname, start, email);
    await context.close();
  }
  const { page, context } = await newPage(browser, server.url);
  await page.goto(`/agent/incidents/${number}`);
  await page.waitForURL('**/sign-in?next=**');
  await page.getByLabel('E-mail address or username').fill('agent@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/agent/incidents/${number}`);
  await context.close();
});

test('signing out ends the session in every tab', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  const second = await context.newPage();
  await second.goto('/agent/tickets');
  await second.getByRole('heading', { name: 'Tickets' }).waitFor();
  await page.getByRole('button', { name: 'Account of Priya Raman' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');
  await second.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await page.goto('/agent/tickets');
  await page.waitForURL('**/sign-in?next=**');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a session that ends asks again over the page, and the typed text is still there', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('button', { name: 'Public reply' }).click();
  await page.getByRole('textbox', { name: 'Public reply' }).fill('Half an answer');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Send reply' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await shoot(page, 'session-ended');
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('textbox', { name: 'Public reply' }).inputValue(), 'Half an answer');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await page.getByRole('article').filter({ hasText: 'Half an answer' }).waitFor();
  await context.close();
});

test('two tabs whose access has expired renew the session once and both go on', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  const second = await context.newPage();
  await second.goto('/agent/tickets');
  await second.getByRole('heading', { name: 'Tickets' }).waitFor();
  const cookies = await context.cookies(`${server.url}/api/v1/auth/refresh`);
  const refresh = cookies.filter((cookie) => cookie.name === 'steward_refresh');
  await context.clearCookies();
  await context.addCookies(refresh);
  await Promise.all([page.goto('/agent/tickets'), second.goto('/agent')]);
  await page.getByRole('heading', { name: 'Tickets' }).waitFor();
  await second.getByRole('heading', { name: 'My work' }).waitFor();
  await context.close();
});
