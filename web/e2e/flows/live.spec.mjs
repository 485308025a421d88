import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, report, signInToApi, until } from '../support/api.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

/** Far less than the five minutes after which pages ask by themselves while they hear the stream. */
const SOON = { timeout: 30_000 };

const { server, browser } = await startDesk();
const lea = await signInToApi(server.url, 'user@example.com');
const jonas = await signInToApi(server.url, 'agent2@example.com');
const numbers = await report(server.url, 'Spoken of', 'Seen by two', 'In the queue', 'Early', 'Open beside others');

async function open(email, path, heading) {
  const visitor = await newPage(browser, server.url);
  const heard = () =>
    visitor.page.waitForResponse((answer) => answer.url().endsWith('/api/v1/stream') && answer.ok(), {
      timeout: 60_000,
    });
  await signIn(visitor.page, email);
  await Promise.all([heard(), visitor.page.goto(path)]);
  if (heading) await visitor.page.getByRole('heading', { name: heading }).first().waitFor();
  return visitor;
}

test('what others do is on screen at once, and what is being written stays', async () => {
  const [number] = numbers;
  const { page, context, troubles } = await open('agent@example.com', `/agent/incidents/${number}`, 'Spoken of');
  await page.getByRole('button', { name: 'Assign to me' }).waitFor();
  await page.keyboard.press('r');
  const reply = page.getByRole('textbox', { name: 'Public reply' });
  await reply.fill('Half a sentence that');
  await lea('POST', `/tickets/${number}/comments`, { body: 'It happened again', visibility: 'public' });
  await page.getByRole('article').filter({ hasText: 'It happened again' }).waitFor(SOON);
  await jonas('POST', `/tickets/${number}/assign`, { assignee_id: (await jonas('GET', '/users/me')).id });
  await page.getByText('Jonas Weber').first().waitFor(SOON);
  assert.equal(await reply.inputValue(), 'Half a sentence that');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('two people on one ticket see each other come, and the bell rings', async () => {
  const number = numbers[1];
  const admin = await signInToApi(server.url, 'admin@example.com');
  const quinn = { email: 'quinn@example.com', first_name: 'Quinn', last_name: 'Adler', password: PASSWORD };
  const { id } = await admin('POST', '/users', { ...quinn, roles: ['agent'] });
  const one = await open(quinn.email, `/agent/incidents/${number}`, 'Seen by two');
  const two = await open('agent2@example.com', `/agent/incidents/${number}`, 'Seen by two');
  await one.page
    .getByText(/Jonas Weber is looking/)
    .first()
    .waitFor(SOON);
  await jonas('POST', `/tickets/${number}/assign`, { assignee_id: id });
  // The demonstration's own news may still be on their way, and they come first.
  const api = await signInToApi(server.url, quinn.email);
  await until(async () => (await api('GET', '/notifications/count')).unread > 0);
  await one.page.waitForFunction(() => document.title.startsWith('(1) '), null, SOON);
  assert.deepEqual([...one.troubles, ...two.troubles], []);
  await one.context.close();
  await two.context.close();
});

test('a row of the queue changes where it stands', async () => {
  const number = numbers[2];
  const { page, context, troubles } = await open('agent@example.com', '/agent/tickets?view=all');
  const row = page.getByRole('row').filter({ hasText: number });
  await row.waitFor();
  await jonas('POST', `/tickets/${number}/assign`, { assignee_id: (await jonas('GET', '/users/me')).id });
  await row.filter({ hasText: 'Jonas Weber' }).waitFor(SOON);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('what happens after a page was answered and before its stream is open is not missed', async () => {
  const number = numbers[3];
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  let open;
  const held = new Promise((resolve) => {
    open = resolve;
  });
  await page.route('**/api/v1/stream', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('heading', { name: 'Early' }).waitFor();
  await settle(page);
  await lea('POST', `/tickets/${number}/comments`, { body: 'Said in between', visibility: 'public' });
  open();
  await page.getByRole('article').filter({ hasText: 'Said in between' }).waitFor(SOON);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a row says who has its ticket open and who types, and nothing beside it moves', async () => {
  const number = numbers[4];
  const one = await open('agent@example.com', '/agent/tickets?view=all');
  const row = one.page.getByRole('row').filter({ hasText: number });
  await row.waitFor();
  const places = () =>
    row.locator('td').evaluateAll((cells) => cells.map((cell) => JSON.stringify(cell.getBoundingClientRect())));
  const before = await places();
  const two = await open('agent2@example.com', `/agent/incidents/${number}`, 'Open beside others');
  const mark = row.locator('[data-presence]');
  await mark.waitFor(SOON);
  assert.equal(await mark.getAttribute('aria-label'), 'Jonas Weber is looking at this');
  assert.equal(await mark.textContent(), 'JW');
  assert.deepEqual(await places(), before);
  await shoot(one.page, 'presence-viewing');

  await two.page.keyboard.press('r');
  await two.page.getByRole('textbox', { name: 'Public reply' }).pressSequentially('I am on it');
  await row.getByRole('img', { name: 'Jonas Weber is typing' }).waitFor(SOON);
  assert.deepEqual(await places(), before);
  await shoot(one.page, 'presence-typing');

  // Cards of the board and those on a phone say it too, in the reader's language.
  await one.page.evaluate(() => localStorage.setItem('steward.language', 'de'));
  await one.page.goto('/agent/tickets?view=all&layout=board&search=beside');
  const card = one.page.locator(`li[data-row="${number}"]`);
  await card.getByRole('img', { name: /^Jonas Weber (schreibt gerade|sieht sich das an)$/ }).waitFor(SOON);
  await shoot(one.page, 'presence-board');
  await one.page.setViewportSize({ width: 390, height: 844 });
  await one.page.goto('/agent/tickets?view=all&search=beside');
  await card.getByRole('img', { name: /^Jonas Weber / }).waitFor(SOON);
  await shoot(one.page, 'presence-phone');

  // Far less than the time after which silence counts as gone: the window says so when it closes.
  await two.page.goto('about:blank');
  await card.locator('[data-presence]').waitFor({ state: 'detached', ...SOON });
  assert.deepEqual([...one.troubles, ...two.troubles], []);
  await one.context.close();
  await two.context.close();
});

test('a team that someone else adds, and settings that they change, are on screen at once', async () => {
  const admin = await signInToApi(server.url, 'admin@example.com');
  const { page, context, troubles } = await open('admin@example.com', '/admin/teams', 'Teams');
  await page.getByRole('row').filter({ hasText: 'Service desk' }).waitFor();
  const { id } = await admin('POST', '/teams', { name: 'Night watch' });
  await page.getByRole('row').filter({ hasText: 'Night watch' }).waitFor(SOON);
  await admin('PATCH', `/teams/${id}`, { description: 'From ten to six' });
  await page.getByText('From ten to six').waitFor(SOON);
  await page.goto('/admin/desk');
  const days = page.locator('input').first();
  await days.waitFor();
  const settings = await admin('GET', '/desk-settings');
  const next = settings.auto_close_days + 7;
  await admin('PATCH', '/desk-settings', { auto_close_days: next });
  await page.waitForFunction(
    (value) => [...document.querySelectorAll('main input')].some((input) => input.value.startsWith(value)),
    String(next),
    SOON,
  );
  assert.deepEqual(troubles, []);
  await context.close();
});
