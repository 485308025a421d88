import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { factor } from '../support/slow.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');

const OPERATORS = 'is:open assignee:me sla:breached';
/** What a person may have to wait for the first line after the last key, on the data of the demonstration. */
const BAR_MS = 300;
/** A page that the test keeps from working at full speed proves nothing about it. */
const isSlowedDown = factor > 1 || Number(process.env.E2E_DELAY ?? 0) > 0;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const box = (page) => page.getByRole('textbox', { name: 'Command palette' });
const tickets = (page) => page.getByRole('dialog').getByRole('group', { name: 'Tickets' });

/** Measures in the page, from the last key to the first line of the tickets. Returns the whole, and what of it the answer took. */
async function measure(page, text) {
  await page.keyboard.press('Control+k');
  await box(page).focus();
  await page.evaluate(() => {
    const marks = { key: 0, line: 0 };
    window.searchMarks = marks;
    performance.clearResourceTimings();
    document.addEventListener('input', () => {
      marks.key = performance.now();
      marks.line = 0;
    });
    new MutationObserver(() => {
      if (marks.line === 0 && document.querySelector('[role=group][aria-label=Tickets] [role=option]')) {
        marks.line = performance.now();
      }
    }).observe(document.body, { subtree: true, childList: true });
  });
  await page.keyboard.insertText(text.slice(0, -1));
  await page.keyboard.type(text.slice(-1));
  await tickets(page).getByRole('option').first().waitFor();
  const took = await page.evaluate(() => {
    const asked = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('/search?'))
      .at(-1);
    const { key, line } = window.searchMarks;
    return { whole: line - key, answer: asked?.duration ?? 0 };
  });
  await page.keyboard.press('Escape');
  await box(page).waitFor({ state: 'detached' });
  return took;
}

test('operators find at once what they say, in the palette', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/inbox');
  await settle(page);
  const all = [];
  // Each with other blanks, so that no answer of before is at hand; the first one also fetches the palette itself.
  for (let step = 0; step < 8; step += 1) {
    all.push(await measure(page, OPERATORS.replaceAll(' ', ' '.repeat(step + 1))));
  }
  const took = all.slice(1);
  const whole = median(took.map((each) => each.whole));
  const own = median(took.map((each) => each.whole - each.answer));
  console.info(
    `first line after the last key: median ${Math.round(whole)} ms, ${Math.round(own)} ms without the answer`,
  );
  console.info(took.map((each) => `${Math.round(each.whole)} (${Math.round(each.answer)})`).join(', '));
  // The answer depends on what else the machine does, and is printed; what the page itself adds is held to the bar.
  if (!isSlowedDown) assert.ok(own < BAR_MS, `${own} ms`);

  const query = 'status=open&assigned_to=me&sla_breached=true';
  const expected = (await api('GET', `/tickets?${query}`)).data.map(({ number }) => number);
  assert.ok(expected.length > 0, 'the demonstration has some');
  await page.keyboard.press('Control+k');
  await box(page).fill(OPERATORS);
  const lines = tickets(page).getByRole('option').filter({ hasText: 'INC-' });
  await lines.first().waitFor();
  const shown = (await lines.allInnerTexts()).map((text) => /INC-\d+/.exec(text)?.[0]);
  assert.deepEqual(shown.toSorted(), expected.toSorted());
  assert.deepEqual(troubles, []);
  await context.close();
});

test('operators and words together are grouped, and the words are marked', async () => {
  const { page, context } = await newPage(browser, server.url);
  const [ticket] = (await api('GET', '/tickets?status=open&assigned_to=me&sla_breached=true')).data;
  const word = ticket.title.split(/\W/).find((each) => each.length > 3);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/inbox');
  await settle(page);
  await page.keyboard.press('Control+k');
  await box(page).pressSequentially(`${OPERATORS} ${word}`);
  const hit = tickets(page).getByRole('option').filter({ hasText: ticket.number });
  await hit
    .locator('mark')
    .filter({ hasText: new RegExp(word, 'i') })
    .waitFor();
  await box(page).fill('jonas');
  await page.getByRole('dialog').getByRole('group', { name: 'People' }).getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');

  await page.goto(`/agent/search?q=${encodeURIComponent(`is:open sla:breached ${word}`)}`);
  const list = page.getByRole('list', { name: 'Search' });
  await list.getByRole('link', { name: ticket.title }).first().waitFor();
  await list
    .locator('mark')
    .filter({ hasText: new RegExp(word, 'i') })
    .first()
    .waitFor();
  await page.getByRole('searchbox', { name: 'Search everything' }).fill(OPERATORS);
  await list.getByRole('link', { name: ticket.title }).first().waitFor();
  await context.close();
});
