import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi, until } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
const titles = [
  'Keys',
  'Button',
  'Refused',
  'Refused beside',
  'Closed',
  'Closed late',
  'Cut',
  'Step',
  'Two',
  'Resolve',
];
const numbers = await report(server.url, ...titles);

async function open(number) {
  const visitor = await newPage(browser, server.url);
  await signIn(visitor.page, 'agent@example.com');
  await visitor.page.goto(`/agent/incidents/${number}`);
  await visitor.page.getByRole('button', { name: 'Assign to me' }).waitFor();
  return visitor;
}

const COMMENTS = /\/tickets\/INC-\d+\/comments$/;
const REFUSAL = {
  code: 'RESOURCE_CONFLICT',
  title: 'Conflict',
  detail: 'it cannot be said now',
  request_id: 'r-12',
  errors: [],
};
const refuse = (route) =>
  route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(REFUSAL) });

/** Holds what is sent until `release` says what becomes of it. */
async function hold(page, pattern = COMMENTS) {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(
    pattern,
    async (route) => {
      const become = await released;
      await become(route);
    },
    { times: 1 },
  );
  return release;
}

const go = (route) => route.continue();
const entry = (page, text) => page.getByRole('article').filter({ hasText: text });
const note = (page) => page.getByRole('textbox', { name: 'Internal note' });
const saidOn = async (number, text) =>
  (await api('GET', `/tickets/${number}/timeline`)).data.filter((item) => item.body === text).length;
const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);

test('what is sent by keys stands in the conversation at once, and the next key is the next text', async () => {
  const { page, context } = await open(numbers[0]);
  const release = await hold(page);
  await page.keyboard.press('i');
  await note(page).pressSequentially('First I look at the log');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('Then at');
  assert.equal(await note(page).inputValue(), 'Then at');
  const sent = entry(page, 'First I look at the log');
  await sent.getByText('Sending…').waitFor();
  await shoot(page, 'say-sending');
  assert.deepEqual(await findings(page), []);
  release(go);
  await sent.and(page.locator('[data-unsent]')).waitFor({ state: 'detached' });
  await page.keyboard.type(' the network');
  assert.equal(await note(page).inputValue(), 'Then at the network');
  assert.ok(await hasFocus(note(page)));
  assert.equal(await sent.count(), 1);
  assert.equal(await saidOn(numbers[0], 'First I look at the log'), 1);
  // The draft on the server is the next text now, not the one that was sent.
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await note(page).waitFor();
  assert.equal(await note(page).inputValue(), 'Then at the network');
  await context.close();
});

test('what is sent by the button leaves the focus in the field; nothing of it stays as a draft', async () => {
  const number = numbers[1];
  const { page, context } = await open(number);
  await page.keyboard.press('i');
  await note(page).fill('Noted by mouse');
  await page.getByText('Draft saved').waitFor();
  const release = await hold(page);
  await page.getByRole('button', { name: 'Add note' }).click();
  assert.equal(await note(page).inputValue(), '');
  assert.ok(await hasFocus(note(page)));
  const { id } = await api('GET', `/tickets/${number}`);
  const drafts = async () => (await api('GET', '/drafts')).data.filter(({ context }) => context.includes(id)).length;
  assert.equal(await drafts(), 1, 'until it is said, the server keeps it');
  release(go);
  await until(async () => (await drafts()) === 0);
  await settle(page);
  assert.equal(await entry(page, 'Noted by mouse').count(), 1);
  await context.close();
});

test('what is refused comes back into the empty field, with the reason', async () => {
  const { page, context } = await open(numbers[2]);
  const release = await hold(page);
  await page.keyboard.press('i');
  await note(page).pressSequentially('Not this time');
  await page.keyboard.press('Control+Enter');
  await entry(page, 'Not this time').waitFor();
  assert.equal(await note(page).inputValue(), '');
  release(refuse);
  await page.getByRole('alert').filter({ hasText: 'It cannot be said now.' }).waitFor();
  assert.equal(await note(page).inputValue(), 'Not this time');
  assert.equal(await page.locator('[data-unsent]').count(), 0);
  await note(page).press('Control+Enter');
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await until(async () => (await saidOn(numbers[2], 'Not this time')) === 1);
  await context.close();
});

test('what is refused while the next text is written stays, and is tried again or taken into the field', async () => {
  const number = numbers[3];
  const { page, context } = await open(number);
  await page.keyboard.press('i');
  const unsent = page.locator('[data-unsent]');
  for (const text of ['One', 'Two']) {
    const release = await hold(page);
    await note(page).pressSequentially(text);
    await page.keyboard.press('Control+Enter');
    await page.keyboard.type('Next');
    release(refuse);
    await unsent.filter({ hasText: text }).getByText('It cannot be said now.').waitFor();
    assert.equal(await note(page).inputValue(), 'Next');
    await note(page).fill('');
  }
  await shoot(page, 'say-not-sent');
  assert.deepEqual(await findings(page), []);
  await unsent.filter({ hasText: 'One' }).getByRole('button', { name: 'Try again' }).click();
  await unsent.filter({ hasText: 'One' }).waitFor({ state: 'detached' });
  assert.equal(await saidOn(number, 'One'), 1);
  await note(page).fill('And');
  await unsent.getByRole('button', { name: 'Copy to the composer' }).click();
  assert.equal(await note(page).inputValue(), 'And\n\nTwo');
  assert.equal(await unsent.count(), 0);
  await context.close();
});

test('a page that is closed over what it sends loses nothing', async () => {
  const { page, context } = await open(numbers[4]);
  await hold(page);
  await page.keyboard.press('i');
  await note(page).pressSequentially('On its way');
  await page.keyboard.press('Control+Enter');
  await entry(page, 'On its way').getByText('Sending…').waitFor();
  await page.reload();
  await note(page).waitFor();
  assert.equal(await note(page).inputValue(), 'On its way');
  assert.equal(await page.locator('[data-unsent]').count(), 0);
  await note(page).press('Control+Enter');
  await until(async () => (await saidOn(numbers[4], 'On its way')) === 1);
  await context.close();
});

test('a page that is closed before the answer came does not offer what was said once more', async () => {
  const number = numbers[5];
  const { page, context } = await open(number);
  await page.keyboard.press('i');
  await note(page).fill('Said, and not heard of');
  await page.getByText('Draft saved').waitFor();
  // It never comes to the page what became of its request; the server has the words.
  await hold(page);
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-unsent]').waitFor();
  await api('POST', `/tickets/${number}/comments`, { body: 'Said, and not heard of', visibility: 'internal' });
  await until(async () => (await saidOn(number, 'Said, and not heard of')) === 1);
  await page.reload();
  await entry(page, 'Said, and not heard of').waitFor();
  await settle(page);
  assert.equal(await entry(page, 'Said, and not heard of').count(), 1);
  assert.deepEqual(await page.getByRole('textbox').evaluateAll((all) => all.map(({ value }) => value)), []);
  const { id } = await api('GET', `/tickets/${number}`);
  await until(async () => !(await api('GET', '/drafts')).data.some(({ context }) => context.includes(id)));
  await context.close();
});

test('what the network loses while the next text is written goes out when the network is back', async () => {
  const number = numbers[6];
  const { page, context } = await open(number);
  await page.keyboard.press('i');
  const release = await hold(page);
  await note(page).pressSequentially('Lost on the way');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('Next');
  await context.setOffline(true);
  release((route) => route.abort('internetdisconnected'));
  await entry(page, 'Lost on the way').getByText('There is no connection.').waitFor();
  assert.equal(await note(page).inputValue(), 'Next');
  await context.setOffline(false);
  await page.locator('[data-unsent]').waitFor({ state: 'detached' });
  assert.equal(await entry(page, 'Lost on the way').count(), 1);
  assert.equal(await note(page).inputValue(), 'Next');
  assert.equal(await saidOn(number, 'Lost on the way'), 1);
  await context.close();
});

test('a reply with a step shows both at once, and takes both back when it is refused', async () => {
  const number = numbers[7];
  await api('POST', `/tickets/${number}/assign`, { assignee_id: (await api('GET', '/users/me')).id });
  await api('POST', `/tickets/${number}/start`, {});
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('button', { name: 'Resolve', exact: true }).waitFor();
  await page.keyboard.press('c');
  const reply = page.getByRole('textbox', { name: 'Public reply' });
  const isOnHold = page.getByRole('main').getByText('On hold', { exact: true }).and(page.locator(':not(li *)')).first();
  for (const become of [refuse, go]) {
    const release = await hold(page, /\/hold$/);
    await reply.fill('Which version?');
    await page.getByRole('button', { name: 'Send and take a step' }).click();
    await page.getByRole('menuitem', { name: 'Send and put on hold' }).click();
    await entry(page, 'Which version?').getByText('Sending…').waitFor();
    await isOnHold.waitFor();
    await page.locator('[role=menu]').waitFor({ state: 'detached' });
    await reply.and(page.locator(':focus')).waitFor();
    release(become);
    if (become === refuse) await page.getByRole('alert').filter({ hasText: 'It cannot be said now.' }).waitFor();
    if (become === refuse) await isOnHold.waitFor({ state: 'detached' });
  }
  await page.getByText(`${number} is on hold.`).waitFor();
  await page.locator('[data-unsent]').waitFor({ state: 'detached' });
  assert.equal((await api('GET', `/tickets/${number}`)).status, 'on_hold');
  assert.equal(await reply.inputValue(), '');
  await context.close();
});

test('two texts that are sent one after the other stand in that order', async () => {
  const number = numbers[8];
  const { page, context } = await open(number);
  const release = await hold(page);
  await page.keyboard.press('i');
  for (const text of ['The first', 'The second']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
  }
  await entry(page, 'The second').getByText('Sending…').waitFor();
  release(go);
  await page.locator('[data-unsent]').first().waitFor({ state: 'detached' });
  await until(async () => (await saidOn(number, 'The second')) === 1);
  const said = (await api('GET', `/tickets/${number}/timeline`)).data.flatMap(({ body }) => body ?? []);
  assert.deepEqual(said, ['The first', 'The second']);
  await context.close();
});
