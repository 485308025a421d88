import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'admin@example.com');
const WRONG = "has(ticket.team) ||\n  ticket.prority == 'high'";
const RIGHT = "ticket.tags.exists(t, t.lower().startsWith('vip'))";

test('an expression is written by keyboard, its mistake found at its place, and kept', async () => {
  // High enough that the bar with the buttons covers no half of a field.
  const { page, context, troubles } = await newPage(browser, server.url, { viewport: { width: 1280, height: 1700 } });
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/policies');
  await page.getByRole('button', { name: 'Add a policy' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Very important');
  await page.getByRole('button', { name: 'Add an expression (CEL)' }).focus();
  await page.keyboard.press('Enter');
  const text = page.getByRole('textbox', { name: 'Expression (CEL)' });
  // The focus is where one writes on.
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.insertText(WRONG);
  await page.getByText("there is no 'prority' (did you mean ticket.priority?)").waitFor();
  await shoot(page, 'cel-mistake');
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Tab');
  const place = page.getByRole('button', { name: 'Line 2, column 10' });
  await place.focus();
  await page.keyboard.press('Enter');
  const at = await text.evaluate((area) => area.value.slice(area.selectionStart));
  assert.equal(at, "prority == 'high'", 'the mistake leads to its place');

  await text.fill(RIGHT);
  await page.getByText(`“${RIGHT}”`).waitFor();
  await page.getByText(/It matches \d+ open tickets? right now/).waitFor();
  await shoot(page, 'cel-right');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Running clocks keep').waitFor();
  const saved = (await api('GET', '/sla/policies')).data.find((each) => each.name === 'Very important');
  assert.deepEqual(saved.condition, { version: 1, all: [{ cel: RIGHT }] });
  await page.goto(`/admin/policies/${saved.id}`);
  await text.waitFor();
  assert.equal(await text.inputValue(), RIGHT);

  await page.getByRole('button', { name: 'Remove the expression' }).click();
  await text.waitFor({ state: 'detached' });
  assert.deepEqual(troubles, []);
  await context.close();
});

test('an expression fits a phone, in the dark and in German', async () => {
  const { page, context, troubles } = await newPage(browser, server.url, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  });
  await signIn(page, 'admin@example.com');
  const policy = (await api('GET', '/sla/policies')).data.find((each) => each.name === 'Very important');
  await page.evaluate(() => localStorage.setItem('steward.language', 'de'));
  await page.goto(`/admin/policies/${policy.id}`);
  const text = page.getByRole('textbox', { name: 'Ausdruck (CEL)' });
  await text.fill("ticket.prority == 'high'");
  await page.getByText('Dieses Feld gibt es nicht (did you mean ticket.priority?)').waitFor();
  await page.getByRole('button', { name: 'Zeile 1, Spalte 8' }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${wide} px too wide`);
  await text.scrollIntoViewIfNeeded();
  await shoot(page, 'cel-390-dark-de');
  assert.deepEqual(troubles, []);
  await context.close();
});
