import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const [number] = await report(server.url, 'Worked on side by side');

/** What a stream or a beat brings, on a machine that is busy with other tests too. */
const SOON = { timeout: 8_000 };

async function open(email, path) {
  const visitor = await newPage(browser, server.url);
  await signIn(visitor.page, email);
  await visitor.page.goto(path);
  return visitor;
}

test('two people on one ticket see each other look, write and leave', async () => {
  const one = await open('agent@example.com', `/agent/incidents/${number}`);
  const two = await open('agent2@example.com', `/agent/incidents/${number}`);
  await one.page.getByText('Jonas Weber is looking').first().waitFor(SOON);
  await two.page.keyboard.press('i');
  await two.page.getByRole('textbox', { name: 'Internal note' }).pressSequentially('I have a look');
  // Sooner than the next beat, which comes after ten seconds.
  await one.page.getByText('Jonas Weber is typing').first().waitFor(SOON);
  await two.page.getByRole('button', { name: 'Discard' }).click();
  await two.page.getByRole('link', { name: 'My work' }).first().click();
  await one.page.getByText('Jonas Weber is').first().waitFor({ state: 'detached' });
  assert.deepEqual([...one.troubles, ...two.troubles], []);
  await one.context.close();
  await two.context.close();
});

test('an image from the clipboard becomes a file of the reply', async () => {
  const { page, context, troubles } = await open('agent@example.com', `/agent/incidents/${number}`);
  await page.getByRole('button', { name: 'Public reply' }).click();
  const reply = page.getByRole('textbox', { name: 'Public reply' });
  await reply.fill('As you see:');
  await reply.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([new Uint8Array([137, 80, 78, 71])], 'screen.png', { type: 'image/png' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.getByRole('list', { name: 'Files to send' }).getByText('screen.png').waitFor();
  assert.equal(await reply.inputValue(), 'As you see:');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('while someone works down in the list, what comes in moves neither the list nor the cursor', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await page.clock.install();
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all');
  const rows = page.locator('tr[data-row]');
  await rows.first().hover();
  await settle(page);
  await page.mouse.wheel(0, 1500);
  await settle(page);
  await rows.nth(20).focus();
  const state = () =>
    page.evaluate(() => ({
      top: document.querySelector('table').parentElement.scrollTop,
      cursor: document.querySelector('tr[data-cursor]')?.dataset.row,
      focus: document.activeElement?.dataset.row,
      drawn: document.querySelectorAll('tr[data-row]').length,
    }));
  const before = await state();
  assert.ok(before.top > 500 && before.cursor && before.cursor === before.focus, JSON.stringify(before));
  assert.ok(before.drawn < 60, `${before.drawn} rows are drawn`);
  await report(server.url, 'Came in while working');
  await page.clock.runFor(16_000);
  await page.getByRole('button', { name: /^\d+ new$/ }).waitFor();
  assert.deepEqual(await state(), before);
  assert.deepEqual(troubles, []);
  await context.close();
});
