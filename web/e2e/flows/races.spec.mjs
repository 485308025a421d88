// What once went wrong when an answer came at a bad moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi, until } from '../support/api.mjs';
import { go, newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const [agent, lea] = await Promise.all(
  ['agent@example.com', 'user@example.com'].map((email) => signInToApi(server.url, email)),
);
const [forAgent, forLea, looked] = await report(server.url, 'Draft of an agent', 'Draft of Lea', 'Looked at');

/** Holds the matching requests of a method, one after the other: `next` tells when one waits, and lets it go. */
async function holdEach(page, pattern, method) {
  const waiting = [];
  const heard = [];
  await page.route(pattern, async (route) => {
    if (route.request().method() !== method) return route.fallback();
    await new Promise((resolve) => {
      const letGo = { route, resolve };
      const listener = heard.shift();
      if (listener) listener(letGo);
      else waiting.push(letGo);
    });
    await route.continue();
  });
  return () => waiting.shift() ?? new Promise((resolve) => heard.push(resolve));
}

const DRAFTS = [
  {
    who: 'an agent',
    email: 'agent@example.com',
    api: agent,
    number: forAgent,
    open: async (page) => {
      await page.goto(`/agent/incidents/${forAgent}`);
      await page.getByRole('button', { name: 'Assign to me' }).waitFor();
      await page.keyboard.press('c');
      return page.getByRole('textbox', { name: 'Public reply' });
    },
    send: 'Send reply',
  },
  {
    who: 'a requester',
    email: 'user@example.com',
    api: lea,
    number: forLea,
    open: async (page) => {
      await page.goto(`/portal/requests/${forLea}`);
      return page.getByLabel('Your answer');
    },
    send: 'Send',
  },
];

for (const { who, email, api, number, open, send } of DRAFTS) {
  test(`a draft of ${who} that is on its way when its text is sent does not come back`, async () => {
    const { page, context } = await newPage(browser, server.url);
    await signIn(page, email);
    const field = await open(page);
    await settle(page);
    const next = await holdEach(page, '**/api/v1/drafts/**', 'PUT');
    await field.fill('Sent before its draft was kept');
    const put = await next();
    await page.getByRole('button', { name: send, exact: true }).click();
    await page.getByText('Sent before its draft was kept').first().waitFor();
    const isSaid = async () =>
      (await api('GET', `/tickets/${number}/timeline`)).data.some(({ body }) => body?.startsWith('Sent before'));
    await until(isSaid);
    const removed = page.waitForResponse((response) => response.request().method() === 'DELETE');
    put.resolve();
    await removed;
    const { id } = await api('GET', `/tickets/${number}`);
    assert.deepEqual(
      (await api('GET', '/drafts')).data.filter(({ context }) => context.includes(id)),
      [],
    );
    assert.equal(await field.inputValue(), '');
    await context.close();
  });
}

test('a quick second choice of what one is told is not undone by the answer to the first', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/profile?section=notifications');
  const [written, closed] = [page.getByLabel('Mail: Someone writes'), page.getByLabel('Mail: It is closed')];
  await written.waitFor();
  const usual = await closed.inputValue();
  const next = await holdEach(page, '**/api/v1/notification-preferences', 'PUT');
  await written.selectOption({ label: 'Once a day' });
  const first = await next();
  await closed.selectOption({ label: 'Every hour' });
  const chosen = await closed.inputValue();
  assert.notEqual(chosen, usual);
  first.resolve();
  // It goes out when the answer to the first has been taken in.
  const second = await next();
  assert.equal(await closed.inputValue(), chosen);
  second.resolve();
  await until(async () => (await agent('GET', '/notification-preferences')).email.closed === chosen);
  assert.equal((await agent('GET', '/notification-preferences')).email.commented, 'daily');
  await settle(page);
  assert.equal(await closed.inputValue(), chosen);
  await context.close();
});

test('how the list looks does not go back to an earlier choice while the last one is kept', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets');
  await page.locator('tr[data-row]').first().waitFor();
  await settle(page);
  const next = await holdEach(page, '**/api/v1/users/me/preferences', 'PUT');
  await page.getByRole('button', { name: 'Columns and density' }).click();
  const density = page.getByRole('radiogroup', { name: 'Density' });
  await density.getByText('Compact').click();
  const first = await next();
  await density.getByText('Roomy').click();
  const isChosen = () => density.getByRole('radio', { name: 'Roomy' }).isChecked();
  assert.ok(await isChosen());
  first.resolve();
  const second = await next();
  assert.ok(await isChosen(), 'after the answer to the first');
  second.resolve();
  await until(async () => (await agent('GET', '/users/me/preferences')).density === 'comfortable');
  await settle(page);
  assert.ok(await isChosen());
  await context.close();
});

test('who left a ticket before the server knew of the visit is not seen there', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/inbox');
  await settle(page);
  const next = await holdEach(page, '**/presence', 'PUT');
  await page.evaluate((path) => window.history.pushState({}, '', path), `/agent/incidents/${looked}`);
  const coming = await next();
  await page.getByRole('heading', { name: 'Looked at' }).waitFor();
  const leaving = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await page.evaluate(() => window.history.pushState({}, '', '/agent/inbox'));
  await page.getByRole('heading', { name: 'Inbox' }).waitFor();
  coming.resolve();
  await leaving;
  const { id } = await agent('GET', `/tickets/${looked}`);
  const colleague = await signInToApi(server.url, 'agent2@example.com');
  assert.deepEqual((await colleague('GET', `/presence?ids=${id}`)).data, []);
  await go(page, '/agent');
  await context.close();
});
