import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
const [open, done] = await report(server.url, 'Refused to who only looks', 'Refused as it is over');
await api('POST', `/tickets/${done}/cancel`, { reason: 'came twice' });

/** What the server says against a verb, for the person of this API. */
async function reasonOf(person, number, verb) {
  const { allowed_actions: told } = await person('GET', `/tickets/${number}`);
  const action = told.find((each) => each.verb === verb);
  assert.equal(action.allowed, false, verb);
  return action.reason;
}

/** The server's words as they stand alone on a screen. */
const asSentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}`.replace(/[^.?!]$/, '$&.');

const description = (locator) =>
  locator.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim(),
  );

/** A refused button takes the focus, says why to every sense, and does nothing. */
async function explains(page, button, words) {
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  assert.match(await description(button), words);
  const tip = page.getByRole('tooltip').filter({ hasText: words });
  await button.hover();
  await tip.waitFor();
  await page.mouse.move(0, 0);
  await tip.waitFor({ state: 'hidden' });
  // By Tab, as only that is a focus that one sees.
  await button.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  assert.ok(await button.evaluate((element) => element === document.activeElement), 'the keyboard comes to it');
  await tip.waitFor();
  const before = page.url();
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(page.url(), before);
}

/** Walks down a menu with the arrows until the entry has the focus. */
async function walkTo(page, item) {
  for (let step = 0; step < 30; step += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail('the keyboard never came to it');
}

test('who may only look reads at each fact and step why, and who can change that', async () => {
  const { page, context, troubles } = await newPage(browser, server.url, { viewport: { width: 1440, height: 900 } });
  await signIn(page, 'auditor@example.com');
  await page.goto(`/agent/incidents/${open}`);
  await settle(page);
  const auditor = await signInToApi(server.url, 'auditor@example.com');
  await page.getByRole('button', { name: 'More', exact: true }).waitFor();
  const facts = page.getByRole('complementary', { name: 'Facts' });
  assert.match(await reasonOf(auditor, open, 'assign'), /ask an administrator/);
  await explains(page, facts.getByRole('button', { name: 'nobody' }), /needs the permission ticket:assign/);
  await explains(
    page,
    facts.getByRole('button', { name: 'Lea Fontaine' }).first(),
    /needs the permission ticket:update/,
  );
  await shoot(page, 'refusal-fact');

  await page.getByRole('button', { name: 'More', exact: true }).focus();
  await page.keyboard.press('Enter');
  const start = page.getByRole('menuitem', { name: 'Start work' });
  await walkTo(page, start);
  assert.equal(await start.getAttribute('aria-disabled'), 'true');
  assert.equal(await description(start), asSentence(await reasonOf(auditor, open, 'start')));
  await page.keyboard.press('Enter');
  assert.ok(await start.isVisible(), 'a refused entry does nothing, and the menu stays');
  await shoot(page, 'refusal-menu');
  assert.deepEqual(await findings(page), []);
  assert.equal((await api('GET', `/tickets/${open}`)).status, 'new');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a ticket that is over says why a step is not possible any more, in the palette too', async () => {
  const { page, context } = await newPage(browser, server.url, { colorScheme: 'dark' });
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${done}`);
  await settle(page);
  await page.getByRole('button', { name: 'More', exact: true }).waitFor();
  const reason = asSentence(await reasonOf(api, done, 'resolve'));
  await page.keyboard.press('s');
  const resolve = page.getByRole('menuitem', { name: /^Resolve/ });
  await walkTo(page, resolve);
  assert.equal(await description(resolve), reason);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('resolve');
  await page.getByRole('dialog').getByText(reason).first().waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await page.getByRole('dialog', { name: /^Resolve:/ }).count(), 0);
  await shoot(page, 'refusal-palette');
  await context.close();
});

test('nothing to save, nothing to send, nothing to read: the button says so', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/organization');
  const save = page.getByRole('button', { name: 'Save', exact: true }).first();
  await save.waitFor();
  await settle(page);
  await explains(page, save, /Nothing was changed yet/);
  await shoot(page, 'refusal-save');

  await page.goto(`/agent/incidents/${open}`);
  await settle(page);
  await page.getByRole('button', { name: 'More', exact: true }).waitFor();
  await page.keyboard.press('c');
  const reply = page.getByRole('textbox', { name: 'Public reply' });
  await reply.waitFor();
  const send = page.getByRole('button', { name: 'Send reply', exact: true });
  await explains(page, send, /Write something first/);
  await reply.fill('Now there is something');
  assert.equal(await send.getAttribute('aria-disabled'), null);
  assert.equal(await description(send), '');
  await reply.fill('');

  await page.goto('/agent/inbox');
  await settle(page);
  const all = page.getByRole('button', { name: 'Mark all as read' });
  if ((await all.getAttribute('aria-disabled')) === null) await all.click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('main button')].some((button) => button.ariaDisabled === 'true'),
  );
  await explains(page, all, /Nothing is unread/);
  await context.close();
});

test('a requester reads in the portal why the answer cannot be sent', async () => {
  const { page, context } = await newPage(browser, server.url, { viewport: { width: 390, height: 844 } });
  await signIn(page, 'user@example.com');
  await page.goto(`/portal/requests/${open}`);
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await send.waitFor();
  await settle(page);
  await explains(page, send, /Write something first/);
  await shoot(page, 'refusal-portal');
  await context.close();
});

test('a form that may only be looked at: the focus comes to every box of it, and each says why', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'manager@example.com');
  const api = await signInToApi(server.url, 'manager@example.com');
  const role = (await api('GET', '/roles')).data.find((each) => each.name === 'agent');
  const { id } = await api('GET', '/users/me');
  const PLACES = [
    [
      `/admin/roles/${role.id}`,
      page.getByRole('checkbox', { name: 'Holders need a second factor' }),
      /your roles do not allow it/,
    ],
    [`/admin/users/${id}`, page.getByRole('checkbox', { name: 'Auditor' }), /do not let you change what others may do/],
  ];
  for (const [path, box, words] of PLACES) {
    await page.goto(path);
    await box.waitFor();
    await settle(page);
    const before = await box.isChecked();
    await page.locator('main h1').focus();
    for (let step = 0; step < 40 && !(await box.evaluate((each) => each === document.activeElement)); step += 1) {
      await page.keyboard.press('Tab');
    }
    assert.ok(await box.evaluate((each) => each === document.activeElement), `Tab comes to the box of ${path}`);
    await page.getByRole('tooltip').filter({ hasText: words }).waitFor();
    assert.match(await description(box), words);
    assert.equal(await box.getAttribute('aria-disabled'), 'true');
    await page.keyboard.press('Space');
    assert.equal(await box.isChecked(), before, path);
    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0);
    await shoot(page, `look-only-${path.split('/')[2]}`);
  }
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a condition that may only be looked at: the focus comes to each part of it, and it says why', async () => {
  const admin = await signInToApi(server.url, 'admin@example.com');
  const [calendar] = (await admin('GET', '/sla/calendars')).data;
  const target = { response_minutes: 30, resolution_minutes: 240 };
  const policy = await admin('POST', '/sla/policies', {
    name: 'To look at',
    agreement: 'sla',
    calendar_id: calendar.id,
    targets: { critical: target, high: target, medium: target, low: target },
    condition: { version: 1, all: [{ field: 'title', op: 'contains', value: 'vpn' }] },
  });
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'auditor@example.com');
  await page.goto(`/admin/policies/${policy.id}`);
  await page.getByRole('textbox', { name: 'How the tests count' }).waitFor();
  await settle(page);
  const builder = page.getByRole('group').filter({ has: page.getByRole('textbox', { name: 'How the tests count' }) });
  assert.equal(await builder.locator(':disabled').count(), 0);
  await page.locator('main h1').focus();
  const parts = builder.getByRole('textbox').or(builder.getByRole('combobox'));
  assert.ok((await parts.count()) >= 3);
  for (const part of (await parts.all()).slice(0, 3)) {
    for (let step = 0; step < 60 && !(await part.evaluate((each) => each === document.activeElement)); step += 1) {
      await page.keyboard.press('Tab');
    }
    assert.ok(await part.evaluate((each) => each === document.activeElement), 'Tab comes to it');
    await page
      .getByRole('tooltip')
      .filter({ hasText: /your roles do not allow it/ })
      .waitFor();
  }
  assert.deepEqual(await findings(page), []);
  await admin('DELETE', `/sla/policies/${policy.id}`);
  await context.close();
});
