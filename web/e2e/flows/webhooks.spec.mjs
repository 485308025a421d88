import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { PASSWORD, signInToApi } from '../support/api.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

process.env.STEWARD_OUTGOING_ALLOWED_NETWORKS = '127.0.0.0/8';
const { server, browser } = await startDesk();

/** What came, and the status with which the next message is answered. */
const got = [];
let status = 204;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    got.push({ headers: request.headers, body: JSON.parse(body) });
    response.writeHead(status, { 'content-type': 'text/plain' });
    response.end(status === 204 ? undefined : `the receiver said ${status}`);
  });
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${receiver.address().port}/hook`;
after(() => receiver.close());

test('an administrator adds a webhook, tries it, finds a failure and sends it again', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/webhooks');
  await page.getByText('No webhooks yet').waitFor();
  await settle(page);
  await shoot(page, 'webhooks-empty');
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  const form = page.getByRole('dialog', { name: 'Add a webhook' });
  await form.getByRole('button', { name: 'Add a webhook' }).click();
  await form.getByText('Give the webhook a name').waitFor();
  await form.getByLabel('Name').fill('Chat');
  await form.getByLabel('Address').fill('http://10.0.0.1/hook');
  // Words narrow the events; a group takes the place of its parts.
  await form.getByRole('checkbox', { name: 'Everything about tickets' }).uncheck();
  await form.getByRole('textbox', { name: 'Filter events' }).fill('reported');
  await form.getByRole('checkbox', { name: 'A ticket is reported' }).check();
  assert.equal(await form.getByRole('checkbox').count(), 2, 'the group and the one that matches');
  await form.getByRole('textbox', { name: 'Filter events' }).fill('');
  await settle(page);
  await shoot(page, 'webhooks-form');
  await form.getByRole('button', { name: 'Add a webhook' }).click();
  await form.getByText(/must lead to a public address|private or reserved/).waitFor();
  await form.getByLabel('Address').fill(url);
  await form.getByRole('button', { name: 'Add a webhook' }).click();
  const secret = page.getByRole('dialog', { name: 'Secret of Chat' });
  assert.match(await secret.getByLabel('The secret').innerText(), /^whsec_[A-Za-z0-9+/=]{40,}$/);
  await secret.getByRole('button', { name: 'Copy' }).waitFor();
  await shoot(page, 'webhooks-secret');
  await secret.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('heading', { name: 'Chat', level: 1 }).waitFor();
  assert.equal(await page.getByText('whsec_').count(), 0, 'it is shown once');

  await page.getByRole('button', { name: 'Send a test' }).click();
  const message = page.getByRole('dialog', { name: 'Message' });
  await message.getByText('webhook.ping').first().waitFor();
  await message.getByText('webhook-signature: v1,').waitFor();
  assert.equal(got.at(-1).body.type, 'webhook.ping');
  await message.getByRole('button', { name: 'Close', exact: true }).last().click();

  status = 500;
  const api = await signInToApi(server.url, 'admin@example.com');
  const { number } = await api('POST', '/incidents', { title: 'The webhook is told of this' });
  const line = page.getByRole('link', { name: new RegExp(`ticket.created ${number}`) });
  await line.getByText('Waiting').waitFor({ timeout: 30_000 });
  await line.click();
  await message.getByText('the receiver said 500').first().waitFor();
  await settle(page);
  await shoot(page, 'webhooks-message');
  status = 200;
  await page.keyboard.press('Escape');
  await message.waitFor({ state: 'hidden' });
  await line.getByText('Sent').waitFor({ timeout: 60_000 });
  const ids = got.filter(({ body }) => body.type === 'ticket.created').map(({ headers }) => headers['webhook-id']);
  assert.equal(new Set(ids).size, 1, 'each try has the same id');
  await settle(page);
  await shoot(page, 'webhooks-page');
  await line.click();
  await message.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('1 message is sent again.').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('by keyboard: a new secret, switched off, missed, switched on and sent again', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  const api = await signInToApi(server.url, 'admin@example.com');
  const made = await api('POST', '/webhooks', { name: 'Pager', url, events: ['ticket.created'] });
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/webhooks');
  await page.getByRole('link', { name: 'Pager' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Pager', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'New secret' }).focus();
  await page.keyboard.press('Enter');
  const rotate = page.getByRole('dialog', { name: 'A new secret for Pager' });
  await rotate.getByText(/with the new and the old secret/).waitFor();
  await settle(page);
  await shoot(page, 'webhooks-rotate');
  await rotate.getByRole('button', { name: 'Make a new secret' }).focus();
  await page.keyboard.press('Enter');
  const secret = page.getByRole('dialog', { name: 'Secret of Pager' });
  await secret.getByRole('button', { name: 'I have kept it' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Old secret').waitFor();
  await page.getByRole('button', { name: 'Switch off' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('It was switched off by hand.').waitFor();
  const { number } = await api('POST', '/incidents', { title: 'Nobody is told of this' });
  const line = page.getByRole('link', { name: new RegExp(`ticket.created ${number}`) });
  await line.getByText('Skipped').waitFor({ timeout: 30_000 });
  await settle(page);
  await shoot(page, 'webhooks-off');
  await page.getByRole('button', { name: 'Switch on' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Switch off' }).waitFor();
  await page.getByRole('button', { name: 'Send again…' }).focus();
  await page.keyboard.press('Enter');
  const replay = page.getByRole('dialog', { name: 'Send again what was missed' });
  await replay.getByLabel('From').waitFor();
  await settle(page);
  await shoot(page, 'webhooks-replay');
  await replay.getByLabel('Until').focus();
  await page.keyboard.press('Enter');
  await page.getByText(/message is sent again|messages are sent again/).waitFor();
  await line.getByText('Sent').waitFor({ timeout: 30_000 });
  await api('DELETE', `/webhooks/${made.id}`);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('on a telephone, in the dark and in German everything can be read and reached', async () => {
  const options = { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'de-DE' };
  const { page, context, troubles } = await newPage(browser, server.url, options);
  await page.goto('/sign-in');
  await page.locator('input[autocomplete="username"]').fill('admin@example.com');
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  await page.goto('/admin/webhooks');
  await page.getByText('Empfänger', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Chat' }).waitFor();
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await settle(page);
  assert.ok(!(await wide()), 'the list fits');
  await shoot(page, 'webhooks-list-phone-dark');
  await page.getByRole('link', { name: 'Chat' }).click();
  await page.getByRole('heading', { name: 'Chat', level: 1 }).waitFor();
  await settle(page);
  assert.ok(!(await wide()), 'the page fits');
  await shoot(page, 'webhooks-page-phone-dark');
  await page
    .getByRole('link', { name: /ticket.created/ })
    .first()
    .click();
  await page.getByRole('dialog').waitFor();
  await settle(page);
  assert.ok(!(await wide()), 'the message fits');
  await shoot(page, 'webhooks-message-phone-dark');
  assert.deepEqual(troubles, []);
  await context.close();
});
