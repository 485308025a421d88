import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, report, signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const numbers = await report(
  server.url,
  'Palette',
  'Help',
  'Mouse 1',
  'Mouse 2',
  'Keys 1',
  'Keys 2',
  'Keys 3',
  'Keys 4',
  'Keys 5',
  'Keys 6',
);

const cursor = (page) => page.locator('tr[data-cursor]').getAttribute('data-row');

test('tickets are triaged with the keyboard alone', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address or username').focus();
  await page.keyboard.type('agent@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/agent');
  await page.getByRole('heading', { name: 'My work' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await page.waitForURL('**/agent/tickets');
  await page.locator('tr[data-row]').first().waitFor();

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  assert.equal(await cursor(page), numbers.at(-2));
  const outline = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.activeElement).outlineWidth));
  assert.ok(outline > 0, 'the row under the cursor shows its focus');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-row')), numbers.at(-2));

  const worked = [];
  await page.keyboard.press('Enter');
  for (const _ of [1, 2, 3, 4, 5]) {
    await page.waitForURL('**peek=INC-*');
    const number = new URL(page.url()).searchParams.get('peek');
    worked.push(number);
    await page.getByRole('region', { name: new RegExp(number) }).waitFor();
    await page.keyboard.press('m');
    await page.getByText(`${number} is assigned.`).waitFor();
    await page.keyboard.press('s');
    await page.waitForFunction(() => document.activeElement.closest('[role=menu]'));
    await page.keyboard.type('Start');
    await page.keyboard.press('Enter');
    await page.getByText(`Work on ${number} has started.`).waitFor();
    await page.keyboard.press('i');
    await page.getByRole('textbox', { name: 'Internal note' }).waitFor();
    await page.keyboard.type('seen this before');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article').filter({ hasText: 'seen this before' }).waitFor();
    // The field is ready for the next note; who wants commands leaves it.
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: `Resolve: ${number}` }).waitFor();
    await page.keyboard.type('restarted it');
    await page.keyboard.press('Control+Enter');
    await page.getByText(`${number} is resolved.`).waitFor();
    await page.waitForURL((address) => address.searchParams.get('peek') !== number);
  }
  await shoot(page, 'flow-triage');
  const api = await signInToApi(server.url, 'agent@example.com');
  for (const number of worked) assert.equal((await api('GET', `/tickets/${number}`)).status, 'resolved', number);
  assert.equal(new Set(worked).size, 5, 'the next ticket opened by itself');

  await page.keyboard.press('Escape');
  await page.waitForURL((address) => !address.searchParams.has('peek'));
  assert.deepEqual(troubles, []);
  await context.close();
});

test('tickets are triaged with the mouse alone, in the dark', async () => {
  const { page, context, troubles } = await newPage(browser, server.url, { colorScheme: 'dark' });
  await signIn(page, 'agent@example.com');
  await page.getByRole('link', { name: 'Tickets', exact: true }).click();
  const [first, second] = [numbers[3], numbers[2]];
  await page.getByRole('searchbox', { name: 'Search tickets' }).fill('mouse');
  await page.getByRole('link', { name: 'Mouse 2' }).click();
  for (const number of [first, second]) {
    await page.waitForURL(`**peek=${number}*`);
    const pane = page.getByRole('region', { name: new RegExp(number) });
    await pane.waitFor();
    await page.getByRole('button', { name: 'Assign to me', exact: true }).click();
    await page.getByText(`${number} is assigned.`).waitFor();
    await page.getByRole('button', { name: 'Start work', exact: true }).click();
    await page.getByText(`Work on ${number} has started.`).waitFor();
    // Beside the list the first facts stand; the others are a click away.
    await pane.getByRole('button', { name: 'All details' }).click();
    await pane.getByRole('button', { name: /^Change Tags/ }).click();
    const tags = page.getByRole('dialog', { name: 'Change Tags' });
    await tags.locator('input:visible').fill('seen');
    await page.keyboard.press('Enter');
    await tags.getByRole('button', { name: 'Save' }).click();
    await pane.getByText('seen', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Internal note' }).click();
    await page.getByRole('textbox', { name: 'Internal note' }).fill('seen this before');
    await page.getByRole('button', { name: 'Add note' }).click();
    await pane.getByRole('article').filter({ hasText: 'seen this before' }).waitFor();
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Resolve: ${number}` });
    await dialog.getByLabel('What was done?').fill('restarted it');
    await dialog.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText(`${number} is resolved.`).waitFor();
  }
  await shoot(page, 'flow-triage-mouse-dark');
  const api = await signInToApi(server.url, 'agent@example.com');
  for (const number of [first, second]) {
    const ticket = await api('GET', `/tickets/${number}`);
    assert.deepEqual([ticket.status, ticket.tags], ['resolved', ['seen']], number);
  }
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the palette finds a ticket by its number and does what the page can do', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address or username').fill('agent@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'My work' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill(numbers[0].replace('INC-000', 'inc '));
  await page.getByText(`Open ${numbers[0]}`).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/agent/incidents/${numbers[0]}`);
  await page.getByRole('button', { name: 'Assign to me' }).waitFor();
  await page.keyboard.press('.');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('assign me');
  await page.getByText('Assign to me').last().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(`${numbers[0]} is assigned.`).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a requester is offered nothing that only agents do', async () => {
  const { page, context } = await newPage(browser, server.url);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address or username').fill('user@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'How can we help?' }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('people');
  await page.getByText('Nothing matches').waitFor();
  await context.close();
});

test('help lists the keys of the page', async () => {
  const { page, context } = await newPage(browser, server.url);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address or username').fill('agent@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'My work' }).waitFor();
  await page.goto(`/agent/incidents/${numbers[1]}`);
  await page.getByRole('button', { name: 'Start work' }).waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const label of ['Command palette', 'Assign to me', 'Reply to the requester', 'Change impact and urgency']) {
    await help.getByRole('cell', { name: label }).waitFor();
  }
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  await page.keyboard.press('p');
  await page.getByRole('menuitem', { name: 'High' }).click();
  await page.getByText('Saved.').waitFor();
  await context.close();
});
