// What the eye meets: nothing moves under the hand, nothing is cut off, nothing is hidden, nothing is too small.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { go, newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const { server, browser } = await startDesk();
let looked;
let major;
before(async () => {
  [looked, major] = await report(server.url, 'Looked at', 'Nobody can print');
  const api = await signInToApi(server.url, 'admin@example.com');
  await api('POST', `/incidents/${major}/major`, { headline: 'Nobody can print' });
});

test('a page of the administration is in sight in its navigation from the start, and walking on has no error', async () => {
  const { page, context, troubles } = await newPage(browser, server.url, WIDE);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/signing');
  const nav = page.getByRole('navigation', { name: 'Main navigation' });
  const line = nav.locator('a[data-active]').filter({ hasText: 'Mail signatures' });
  await line.waitFor();
  await page.waitForFunction(
    (element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight + 1;
    },
    await line.elementHandle(),
  );
  for (const name of ['People', 'Teams', 'Roles']) {
    await nav.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }
  assert.deepEqual(troubles, []);
  await context.close();
});

test('what stands below the saved views does not move when they come', async () => {
  const { page, context } = await newPage(browser, server.url, WIDE);
  await signIn(page, 'agent@example.com');
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route('**/api/v1/views*', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto('/agent');
  const below = page.getByRole('link', { name: 'Major incidents' });
  await below.waitFor();
  const top = async () => (await below.boundingBox()).y;
  const early = await top();
  release();
  await page.getByRole('link', { name: /^All open/ }).waitFor();
  assert.equal(await top(), early);
  await context.close();
});

test('no words of a service level are cut off in the list and on the board', async () => {
  const { page, context } = await newPage(browser, server.url, WIDE);
  await signIn(page, 'agent@example.com');
  for (const layout of ['list', 'board']) {
    await page.goto(`/agent/tickets?view=all&status=new,assigned,in_progress,on_hold&layout=${layout}`);
    await page.locator('[data-sla]').nth(10).waitFor();
    await settle(page);
    const cut = await page
      .locator('[data-sla] .mantine-Badge-label')
      .evaluateAll((all) => all.filter((word) => word.scrollWidth > word.clientWidth).map((word) => word.textContent));
    assert.deepEqual(cut, [], layout);
  }
  await context.close();
});

test('a major incident says so over its title, and leads to its room', async () => {
  const { page, context } = await newPage(browser, server.url, WIDE);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${major}`);
  await page.getByRole('banner').last().waitFor();
  await page.getByRole('link', { name: 'Major incident', exact: true }).click();
  await page.waitForURL(`**/${major}/war-room`);
  await go(page, `/agent/incidents/${looked}`);
  await page.getByRole('heading', { name: 'Looked at' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Major incident', exact: true }).count(), 0);
  await context.close();
});

test('a second message lies on the first one, not on the ticket', async () => {
  const { page, context } = await newPage(browser, server.url, WIDE);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${looked}`);
  await page.getByRole('button', { name: 'Assign to me' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: `${looked} is assigned.` })
    .waitFor();
  await page.getByRole('button', { name: 'Start work' }).click();
  const newest = page.getByRole('alert').filter({ hasText: `Work on ${looked} has started.` });
  await newest.waitFor();
  await page.keyboard.press('c');
  await page.keyboard.type('On it.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Sent.' }).waitFor();
  await page.waitForFunction(() => document.getAnimations().every((each) => !(each instanceof CSSTransition)));
  const head = 52;
  const lowest = await page
    .getByRole('alert')
    .evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().bottom)));
  assert.ok(lowest <= head + 16, `the messages reach down to ${lowest}`);
  await context.close();
});

test('on a phone the head of a ticket is pushed away, and the answer stays within reach', async () => {
  const { page, context } = await newPage(browser, server.url, PHONE);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${looked}`);
  const title = page.getByRole('heading', { name: 'Looked at' });
  await title.waitFor();
  await settle(page);
  await page.getByRole('heading', { name: 'Watchers' }).scrollIntoViewIfNeeded();
  assert.ok((await title.boundingBox()).y < 0, 'the title is out of sight');
  const { y, height } = await page.getByRole('button', { name: 'Public reply' }).boundingBox();
  assert.ok(y + height <= 844, 'the answer is in sight');
  await context.close();
});

test('what explains a field is not smaller than 12 pixels, and a phone has no reason to zoom into one', async () => {
  for (const [options, least] of [
    [WIDE, 12],
    [PHONE, 16],
  ]) {
    const { page, context } = await newPage(browser, server.url, options);
    await signIn(page, 'admin@example.com');
    await page.goto('/agent/tickets/new');
    await page.getByRole('button', { name: 'Create incident' }).click();
    await page.getByText('Give it a title').waitFor();
    const sizes = (selector) =>
      page
        .locator(selector)
        .evaluateAll((all) => all.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)));
    const small = [
      ...(await sizes('.mantine-InputWrapper-description')),
      ...(await sizes('.mantine-InputWrapper-error')),
    ];
    assert.ok(small.length >= 2 && Math.min(...small) >= 12, `${small}`);
    const fields = await sizes('main input:not([type=hidden]), main textarea');
    assert.ok(Math.min(...fields) >= least, `${fields}`);
    await context.close();
  }
});

test('a ticket is given to someone and reported for someone who is not among the first hundred of the organization', async () => {
  const { page, context } = await newPage(browser, server.url, WIDE);
  await signIn(page, 'agent@example.com');
  // As in a large organization: whom nobody looks for is not in the first list.
  await page.route(/\/api\/v1\/users\?(?!.*search=)/, async (route) => {
    const answer = await route.fetch();
    const all = await answer.json();
    await route.fulfill({ response: answer, json: { ...all, data: all.data.slice(0, 1) } });
  });
  await page.goto(`/agent/tickets?view=all&search=${encodeURIComponent('Looked at')}`);
  await page.locator(`tr[data-row="${looked}"]`).focus();
  await page.keyboard.press('a');
  await page
    .getByRole('combobox', { name: 'Assign' })
    .or(page.getByLabel('Assign', { exact: true }))
    .first()
    .waitFor();
  await page.keyboard.type('lindgren');
  await page.getByRole('option', { name: 'Ada Lindgren' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator(`tr[data-row="${looked}"]`).getByText('Ada Lindgren').waitFor();

  await page.goto('/agent/tickets/new');
  const requester = page.getByRole('combobox', { name: 'Requester' });
  await requester.fill('bakker');
  await page.getByRole('option', { name: 'Noor Bakker' }).click();
  await page.getByLabel('Title').fill('No sound');
  await page.reload();
  await requester.waitFor();
  await page.waitForFunction((field) => field.value === 'Noor Bakker', await requester.elementHandle());
  await page.getByRole('button', { name: 'Create incident' }).click();
  await page.getByRole('heading', { name: 'No sound' }).waitFor();
  await page.getByRole('button', { name: 'Change Requester: Noor Bakker' }).waitFor();
  await context.close();
});
