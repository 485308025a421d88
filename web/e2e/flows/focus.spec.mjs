import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const [number] = await report(server.url, 'Focus comes back');

/** Where a dialog or a menu opens, and by what; the third is how often Escape is pressed, where a list is open within. */
const OPENERS = [
  ['/admin/users', 'Add a person'],
  ['/admin/teams', 'Add a team'],
  ['/admin/departments', 'Add a department'],
  ['/admin/categories', 'Add a category'],
  ['/admin/custom-fields', 'Add a field'],
  ['/admin/reply-templates', 'Add a template'],
  ['/admin/announcements', 'Write an announcement'],
  ['/admin/mailboxes', 'Add a mailbox'],
  ['/admin/webhooks', 'Add a webhook'],
  ['/admin/notification-channels', 'Add a channel'],
  ['/agent/tickets', 'Status'],
  ['/agent/tickets', 'View'],
  [`/agent/incidents/${number}`, 'Why?'],
  [`/agent/incidents/${number}`, 'More'],
  [`/agent/incidents/${number}`, 'Assign', 2],
  [`/agent/incidents/${number}`, 'Change Tags: none'],
  [`/agent/incidents/${number}`, 'Add a task'],
  ['/agent/profile?section=tokens', 'New token'],
];

test('the focus goes into what opens, and with Escape back to what opened it', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  const lost = [];
  let shown = '';
  for (const [path, name, escapes = 1] of OPENERS) {
    if (shown !== path) await page.goto(path);
    shown = path;
    const opener = page.getByRole('button', { name, exact: true }).first();
    await opener.waitFor();
    await settle(page);
    await opener.focus();
    await page.keyboard.press('Enter');
    const opened = page.locator('[role=dialog]:visible, [role=menu]:visible').last();
    const isOpen = await opened.waitFor().then(
      () => true,
      () => false,
    );
    if (!isOpen) {
      lost.push(`${path} ${name}: Enter opens nothing`);
      continue;
    }
    const into = await page
      .waitForFunction(() => document.activeElement?.closest('[role=dialog], [role=menu]') !== null)
      .then(() => true)
      .catch(() => false);
    if (!into) lost.push(`${path} ${name}: the focus stays outside`);
    for (let press = 0; press < escapes; press += 1) await page.keyboard.press('Escape');
    const isClosed = await opened.waitFor({ state: 'hidden' }).then(
      () => true,
      () => false,
    );
    if (!isClosed) {
      lost.push(`${path} ${name}: Escape does not close it`);
      shown = '';
      continue;
    }
    const isBack = await page
      .waitForFunction((element) => element === document.activeElement, await opener.elementHandle())
      .then(() => true)
      .catch(() => false);
    const where = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80));
    if (!isBack) lost.push(`${path} ${name}: the focus is on ${await where()}`);
  }
  assert.deepEqual(lost, []);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('letters typed into a field are letters, never commands', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/tickets?peek=${number}`);
  await page.getByRole('button', { name: 'Internal note' }).click();
  const note = page.getByRole('textbox', { name: 'Internal note' });
  const every = 'jkxaspcilmreoz/?[].gt gi';
  await note.fill('');
  await note.pressSequentially(every);
  assert.equal(await note.inputValue(), every);
  await page.getByRole('searchbox', { name: 'Search tickets' }).click();
  await page.keyboard.type('xajk');
  assert.equal(await page.getByRole('searchbox', { name: 'Search tickets' }).inputValue(), 'xajk');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await note.fill('');
  await context.close();
});

test('the first Tab offers to skip to the content, and a new page is announced by its heading', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.getByRole('heading', { name: 'My work' }).waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('Tab');
  const skip = page.getByRole('button', { name: 'Skip to content' });
  assert.ok(await skip.evaluate((element) => element === document.activeElement));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'content');
  for (const [link, heading] of [
    ['Inbox', 'Inbox'],
    ['Major incidents', 'Major incidents'],
    ['My work', 'My work'],
  ]) {
    await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: link }).click();
    const title = page.getByRole('heading', { level: 1, name: heading });
    await title.waitFor();
    await page.waitForFunction(
      (words) => document.activeElement?.matches('h1') && document.activeElement.textContent.startsWith(words),
      heading,
    );
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
  }
  await context.close();
});

test('at 200 percent nothing runs out of the page, and who wants no motion sees none', async () => {
  // A screen of 1280 by 800 of which every length is doubled.
  const { page, context } = await newPage(browser, server.url, {
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 2,
  });
  await signIn(page, 'admin@example.com');
  for (const path of ['/agent', '/agent/tickets', `/agent/incidents/${number}`, '/admin', '/admin/users', '/portal']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await settle(page);
    const [all, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(all <= seen, `${path}: ${all} of ${seen}`);
  }
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/admin/users');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('dialog').waitFor();
  const moving = () =>
    page.evaluate(
      () => document.getAnimations().filter((each) => each.effect.getComputedTiming().duration > 100).length,
    );
  assert.equal(await moving(), 0);
  await context.close();
});
