import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
/** In every title of this run. */
const word = `walrus${process.pid}`;
const titles = ['by mouse', 'by keys', 'refused', 'beside', 'of others', 'urgent', 'on a phone'];
const numbers = await report(server.url, ...titles.map((title) => `${word} ${title}`));
const [mouse, keys, refused, beside, others, urgent, phone] = numbers;
const SIZE = { viewport: { width: 1440, height: 900 } };
const BOARD = `/agent/tickets?view=all&layout=board&search=${word}&sort=number`;
const OPEN = `${BOARD}&status=%5B%22open%22%5D`;

const column = (page, name) => page.getByRole('region', { name, exact: true });
const card = (page, number) => page.locator(`li[data-row="${number}"]`);
const cardIn = (page, name, number) => column(page, name).locator(`li[data-row="${number}"]`);
const statusOf = async (number) => (await api('GET', `/tickets/${number}`)).status;
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-row'));

async function board(who, path, options = SIZE) {
  const desk = await newPage(browser, server.url, options);
  await signIn(desk.page, who);
  await desk.page.goto(path);
  await desk.page.locator('li[data-row]').first().waitFor();
  await settle(desk.page);
  return desk;
}

/** Waits until the count over a column is so many. */
const counts = (page, name, count) =>
  column(page, name)
    .getByLabel(`${count} ticket${count === 1 ? '' : 's'}`, { exact: true })
    .waitFor();

test('a card is dragged: shown before the server answers, kept, and taken back with z', async () => {
  const { page, context, troubles } = await board('agent@example.com', BOARD);
  await counts(page, 'New', 7);
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(`**/${mouse}/start`, async (route) => {
    await held;
    await route.continue();
  });
  await card(page, mouse).dragTo(column(page, 'In progress'));
  await cardIn(page, 'In progress', mouse).waitFor();
  assert.equal(await statusOf(mouse), 'new', 'it is shown before the server knows');
  await counts(page, 'In progress', 1);
  await counts(page, 'New', 6);
  release();
  await page.getByText(`Work on ${mouse} has started.`).waitFor();
  assert.equal(await statusOf(mouse), 'in_progress');
  await settle(page);
  await cardIn(page, 'In progress', mouse).waitFor();

  await page.keyboard.press('z');
  await cardIn(page, 'New', mouse).waitFor();
  await counts(page, 'New', 7);
  assert.equal(await statusOf(mouse), 'new');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('columns that a card may not go to say why while it is dragged, and refuse it', async () => {
  const { page, context } = await board('agent@example.com', BOARD);
  const from = await card(page, refused).boundingBox();
  const to = await column(page, 'Closed').boundingBox();
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 60, { steps: 4 });
  const told = (await api('GET', `/tickets/${refused}`)).allowed_actions.find(({ verb }) => verb === 'close');
  assert.equal(told.allowed, false);
  await column(page, 'Closed').getByText(told.reason).waitFor();
  assert.equal(await column(page, 'Closed').getAttribute('data-drop'), 'refused');
  assert.equal(await column(page, 'In progress').getAttribute('data-drop'), 'open');
  assert.equal(await column(page, 'New').getAttribute('data-drop'), 'here');
  await shoot(page, 'board-dragging');
  assert.deepEqual(await findings(page), []);
  await column(page, 'Closed').scrollIntoViewIfNeeded();
  const end = (await column(page, 'Closed').boundingBox()) ?? to;
  await page.mouse.move(end.x + 40, end.y + 200, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('alert').filter({ hasText: told.reason }).waitFor();
  await cardIn(page, 'New', refused).waitFor();
  assert.equal(await statusOf(refused), 'new');
  assert.equal(await column(page, 'Closed').getByText(told.reason).count(), 0);

  // The server has the last word.
  await page.route(`**/${refused}/start`, (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'RESOURCE_CONFLICT', title: 'Conflict', detail: 'not now', errors: [] }),
    }),
  );
  await card(page, refused).dragTo(column(page, 'In progress'));
  await page.getByRole('alert').filter({ hasText: 'not now' }).waitFor();
  await cardIn(page, 'New', refused).waitFor();
  await counts(page, 'In progress', 0);
  await context.close();
});

test('with the keyboard alone: arrows, the menu with its reasons, a question and undo', async () => {
  const { page, context, troubles } = await board('agent@example.com', OPEN);
  await page.keyboard.press('j');
  await page.waitForFunction((number) => document.activeElement?.dataset.row === number, mouse);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), keys);
  const outline = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.activeElement).outlineWidth));
  assert.ok(outline > 0, 'the card shows its focus');
  await page.keyboard.press('Shift+M');
  const menu = page.getByRole('dialog', { name: `Move ${keys} to…` });
  await menu.getByText('No step leads from “New” to').or(menu.getByText('It is here.')).first().waitFor();
  const forbidden = menu.getByRole('button', { name: /^Closed/ });
  assert.equal(await forbidden.getAttribute('aria-disabled'), 'true');
  assert.match(await forbidden.textContent(), /only a ticket that is resolved can be closed/);
  await shoot(page, 'board-move');
  assert.deepEqual(await findings(page), []);
  // A refused place does nothing.
  await forbidden.focus();
  await page.keyboard.press('Enter');
  await menu.waitFor();
  await menu.getByRole('button', { name: /^In progress/ }).focus();
  await page.keyboard.press('Enter');
  await cardIn(page, 'In progress', keys).waitFor();
  await page.getByText(`Work on ${keys} has started.`).waitFor();
  await page.waitForFunction((number) => document.activeElement?.dataset.row === number, keys);
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((number) => document.activeElement?.dataset.row === number, mouse);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((number) => document.activeElement?.dataset.row === number, keys);

  await page.keyboard.press('Shift+M');
  await menu.locator('button:focus').waitFor();
  await menu.getByRole('button', { name: /^On hold/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: `Put on hold: ${keys}` }).waitFor();
  await page.keyboard.type('waits for a part');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Put on hold' }).focus();
  await page.keyboard.press('Enter');
  await cardIn(page, 'On hold', keys).waitFor();
  await page.getByText(`${keys} is on hold.`).waitFor();
  assert.equal((await api('GET', `/tickets/${keys}`)).hold_reason, 'waits for a part');
  await page.waitForFunction((number) => document.activeElement?.dataset.row === number, keys);
  await page.keyboard.press('z');
  await cardIn(page, 'In progress', keys).waitFor();

  await card(page, keys).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**peek=${keys}*`);
  await page.keyboard.press('Escape');
  await page.waitForURL((address) => !address.searchParams.has('peek'));
  assert.deepEqual(troubles, []);
  await context.close();
});

test('what the filters leave out can be dropped on, and asks what the step asks', async () => {
  const { page, context } = await board('agent@example.com', OPEN);
  const places = page.getByRole('region', { name: 'Not in this list' });
  await card(page, beside).dragTo(places.getByText('Cancelled'));
  const dialog = page.getByRole('dialog', { name: `Cancel ticket: ${beside}` });
  await dialog.getByLabel('Why?').fill('came twice');
  await dialog.getByRole('button', { name: 'Cancel ticket' }).click();
  await page.getByText(`${beside} is cancelled.`).waitFor();
  await card(page, beside).waitFor({ state: 'detached' });
  assert.equal(await statusOf(beside), 'cancelled');
  await page.getByRole('button', { name: 'Undo' }).click();
  await cardIn(page, 'New', beside).waitFor();
  assert.equal(await statusOf(beside), 'new');
  await context.close();
});

test('priority asks for its reason, people and teams take cards', async () => {
  const { page, context } = await board('agent@example.com', `${BOARD}&group=priority`);
  await card(page, urgent).dragTo(column(page, 'Critical'));
  const dialog = page.getByRole('dialog', { name: `${urgent}: Critical` });
  await dialog.getByRole('button', { name: 'Set priority' }).click();
  await dialog.getByText('Say why').waitFor();
  await dialog.getByRole('textbox').fill('the board meets');
  await dialog.getByRole('button', { name: 'Set priority' }).click();
  await cardIn(page, 'Critical', urgent).waitFor();
  await page.getByText('Saved.').waitFor();
  const ticket = await api('GET', `/tickets/${urgent}`);
  assert.deepEqual([ticket.priority, ticket.priority_reason], ['critical', 'the board meets']);

  await page.getByRole('button', { name: 'Columns: Priority' }).click();
  await page.getByRole('menuitemradio', { name: 'Assignee' }).click();
  await page.waitForURL('**group=assignee*');
  // Columns move while they are asked for.
  await settle(page);
  await cardIn(page, 'Nobody', urgent).dragTo(column(page, 'Priya Raman'));
  await cardIn(page, 'Priya Raman', urgent).waitFor();
  await page.getByText(`${urgent} is assigned.`).waitFor();
  await cardIn(page, 'Priya Raman', urgent).dragTo(column(page, 'Nobody'));
  await page.getByRole('alert').filter({ hasText: 'not to nobody' }).waitFor();
  assert.equal((await api('GET', `/tickets/${urgent}`)).assignee.name, 'Priya Raman');

  await page.goto(`${BOARD}&group=team`);
  await settle(page);
  await card(page, urgent).dragTo(column(page, 'Applications'));
  await cardIn(page, 'Applications', urgent).waitFor();
  await page.waitForFunction(() => document.body.textContent.includes('is assigned.'));
  assert.equal((await api('GET', `/tickets/${urgent}`)).team.name, 'Applications');
  await context.close();
});

test('the address shows another the same board, Back leads to the list, and another view stays a board', async () => {
  const { page, context } = await board('agent@example.com', `/agent/tickets?view=all&search=${word}&layout=board`);
  await page.keyboard.press('b');
  await page.locator('tr[data-row]').first().waitFor();
  await page.goBack();
  await page.locator('li[data-row]').first().waitFor();
  await page.getByRole('button', { name: 'Columns: Status' }).click();
  await page.getByRole('menuitemradio', { name: 'Priority' }).click();
  await page.waitForURL('**group=priority*');
  await settle(page);
  const cardsOf = (where) => where.locator('li[data-row]').evaluateAll((all) => all.map((each) => each.dataset.row));
  const second = await board('agent2@example.com', page.url().replace(server.url, ''));
  assert.deepEqual(await cardsOf(second.page), await cardsOf(page));
  await second.context.close();
  await page.getByRole('link', { name: /^All open/ }).click();
  await page.waitForURL('**layout=board*');
  await column(page, 'Critical').waitFor();
  await context.close();
});

test('a saved view keeps its board, and opens as one from the list', async () => {
  const { page, context } = await board('agent@example.com', `${BOARD}&group=priority`);
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save as a new view' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Wall of priorities');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.goto('/agent/tickets?view=all');
  await page.locator('tr[data-row]').first().waitFor();
  await page.getByRole('link', { name: /^Wall of priorities/ }).click();
  await column(page, 'Critical').waitFor();
  await page.waitForURL('**group=priority*');
  const unsaved = page.getByText('Unsaved changes');
  assert.equal(await unsaved.count(), 0);
  await page.keyboard.press('b');
  await page.locator('tr[data-row]').first().waitFor();
  await unsaved.waitFor();
  await context.close();
});

test('what others do shows in place', async () => {
  const { page, context } = await board('agent@example.com', BOARD);
  await cardIn(page, 'New', others).waitFor();
  await api('POST', `/tickets/${others}/start`, {});
  await cardIn(page, 'In progress', others).waitFor();
  await card(page, others).nth(1).waitFor({ state: 'detached' });
  const [born] = await report(server.url, `${word} born now`);
  await cardIn(page, 'New', born).waitFor();
  await context.close();
});

test('who may only look is told why nothing moves', async () => {
  const { page, context } = await board('auditor@example.com', BOARD);
  await card(page, phone).dragTo(column(page, 'In progress'));
  await page.getByRole('alert').filter({ hasText: 'needs the permission' }).waitFor();
  assert.equal(await statusOf(phone), 'new');
  await context.close();
});

test('on a phone one column at a time, and cards move by their menu', async () => {
  const { page, context, troubles } = await board('agent@example.com', OPEN, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(await isWide(), false);
  await page.getByRole('button', { name: `Move ${phone} to…` }).tap();
  const menu = page.getByRole('dialog', { name: `Move ${phone} to…` });
  await menu.getByRole('button', { name: /^In progress/ }).tap();
  await page.getByText(`Work on ${phone} has started.`).waitFor();
  await page
    .getByRole('navigation', { name: 'Columns of the board' })
    .getByRole('button', { name: /^In progress/ })
    .tap();
  await page.waitForFunction(() => {
    const { left, right } = document.querySelector('[data-column=in_progress]').getBoundingClientRect();
    return left >= 0 && right <= window.innerWidth;
  });
  await cardIn(page, 'In progress', phone).waitFor();
  await shoot(page, 'board-phone');
  assert.deepEqual(await findings(page), []);
  assert.equal(await isWide(), false);
  assert.deepEqual(troubles, []);
  await context.close();
});

const WALKS = [
  { how: 'mouse', colorScheme: 'light' },
  { how: 'keyboard', colorScheme: 'dark' },
];
for (const { how, colorScheme } of WALKS) {
  test(`cards are chosen by ${how}, changed together, the refused stay chosen, and one undo takes it back`, async () => {
    const mine = `${word}${how}`;
    const chosen = await report(server.url, ...['one', 'two', 'three', 'four'].map((title) => `${mine} ${title}`));
    const [first, second, third, over] = chosen;
    await api('POST', `/tickets/${over}/start`, {});
    await api('POST', `/tickets/${over}/resolve`, { resolution_code: 'solved', resolution_note: 'done' });
    await api('POST', `/tickets/${over}/close`, {});
    const path = `/agent/tickets?view=all&layout=board&search=${mine}&sort=number`;
    const { page, context, troubles } = await board('agent@example.com', path, { ...SIZE, colorScheme });
    const box = (number) => card(page, number).getByRole('checkbox', { name: `Select ${number}` });
    const bar = page.getByRole('toolbar', { name: 'Selected tickets' });
    if (how === 'mouse') {
      await box(first).click();
      await box(third).click({ modifiers: ['Shift'] });
      await box(over).click();
    } else {
      await page.keyboard.press('j');
      await page.waitForFunction((number) => document.activeElement?.dataset.row === number, first);
      await page.keyboard.press('x');
      for (const number of [second, third]) {
        await page.keyboard.press('j');
        await page.waitForFunction((wanted) => document.activeElement?.dataset.row === wanted, number);
      }
      await page.keyboard.press('Shift+X');
      await bar.getByText('3 selected').waitFor();
      await card(page, over).focus();
      await page.keyboard.press('x');
    }
    await bar.getByText('4 selected').waitFor();
    await shoot(page, `board-chosen-${how}`);
    assert.deepEqual(await findings(page), []);

    if (how === 'mouse') await bar.getByRole('button', { name: 'Priority' }).click();
    else await page.keyboard.press('p');
    const dialog = page.getByRole('dialog', { name: /^Priority/ });
    await dialog.getByLabel('Why?').fill('The board says so.');
    await dialog.getByRole('button', { name: 'Change priority' }).click();
    await dialog.getByText('1 ticket was refused').waitFor();
    await dialog.getByRole('cell', { name: over, exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await bar.getByText('1 selected').waitFor();
    await page.waitForFunction(
      (number) => document.querySelector(`[data-row="${number}"]`)?.textContent?.includes('High'),
      second,
    );
    assert.equal((await api('GET', `/tickets/${third}`)).priority, 'high');
    if (how === 'mouse') await page.getByRole('button', { name: 'Undo' }).click();
    else await page.keyboard.press('z');
    await page.getByText('Undone.').waitFor();
    for (const number of [first, second, third]) {
      assert.equal((await api('GET', `/tickets/${number}`)).priority, 'medium', number);
    }
    await page.waitForFunction(
      (number) => document.querySelector(`[data-row="${number}"]`)?.textContent?.includes('Medium'),
      second,
    );
    await bar.getByText('1 selected').waitFor();
    await page.keyboard.press('Escape');
    await bar.waitFor({ state: 'detached' });
    assert.deepEqual(troubles, []);
    await context.close();
  });
}
