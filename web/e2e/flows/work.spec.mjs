import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi, until } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { HANDS } from '../support/hands.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
const lea = await signInToApi(server.url, 'user@example.com');
const numbers = await report(
  server.url,
  'Reply',
  'Facts',
  'Related',
  'Double',
  'Original',
  'Device',
  'Cut',
  'Words',
  'Next',
  'Paper',
  'Signs',
);
const walked = await report(server.url, 'By mouse', 'By keyboard');

async function open(number, options) {
  const visitor = await newPage(browser, server.url, options);
  await signIn(visitor.page, 'agent@example.com');
  await visitor.page.goto(`/agent/incidents/${number}`);
  await visitor.page.getByRole('button', { name: 'Assign to me' }).waitFor();
  return visitor;
}

/** What the agent began to write about a ticket and has not sent. */
async function draftsOf(number) {
  const { id } = await api('GET', `/tickets/${number}`);
  return (await api('GET', '/drafts')).data.filter((draft) => draft.context.includes(id));
}

test('a reply goes out with a file, a mention and a step; the requester never meets the note', async () => {
  const number = numbers[0];
  const { page, context, troubles } = await open(number);
  await page.getByRole('button', { name: 'Start work' }).click();
  await page.getByText(`Work on ${number} has started.`).waitFor();
  await page.keyboard.press('i');
  const note = page.getByRole('textbox', { name: 'Internal note' });
  await page.getByText('Only people who work on tickets can read this.').waitFor();
  await note.pressSequentially('Ask @jon');
  await page.getByRole('option', { name: /Jonas Weber/ }).waitFor();
  await page.keyboard.press('Enter');
  await note.pressSequentially('please');
  assert.match(await note.inputValue(), /^Ask @[\w.]+ please$/);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article').filter({ hasText: 'please' }).waitFor();

  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.getByText('Lea Fontaine can read this.').waitFor();
  await page.getByRole('textbox', { name: 'Public reply' }).fill('Which version do you have?');
  await page.getByLabel('Attach files').setInputFiles({
    name: 'steps.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('one, two, three'),
  });
  await page.getByRole('list', { name: 'Files to send' }).getByText('steps.txt').waitFor();
  await page.getByRole('button', { name: 'Send and take a step' }).click();
  await page.getByRole('menuitem', { name: 'Send and put on hold' }).click();
  await page
    .getByRole('article')
    .filter({ hasText: 'Which version' })
    .getByRole('link', { name: /steps.txt/ })
    .waitFor();
  await shoot(page, 'work-reply');
  const ticket = await api('GET', `/tickets/${number}`);
  assert.equal(ticket.status, 'on_hold');
  const seen = await lea('GET', `/tickets/${number}/timeline`);
  assert.ok(seen.data.some((item) => item.body === 'Which version do you have?'));
  assert.ok(!JSON.stringify(seen).includes('please'));
  assert.deepEqual(troubles, []);
  await context.close();
});

test('who goes on writing at once is not interrupted when the text before has been settled', async () => {
  const number = numbers[8];
  const { page, context } = await open(number);
  const held = [];
  let isSaid = false;
  await page.route('**/timeline*', async (route) => {
    if (isSaid) await new Promise((resolve) => held.push(resolve));
    await route.continue();
  });
  await page.keyboard.press('i');
  const note = page.getByRole('textbox', { name: 'Internal note' });
  await note.fill('First I look at the log');
  isSaid = true;
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('Then at');
  isSaid = false;
  for (const go of held) go();
  await page.getByRole('article').filter({ hasText: 'First I look' }).waitFor();
  await settle(page);
  await note.pressSequentially(' the network');
  assert.equal(await note.inputValue(), 'Then at the network');
  await context.close();
});

const WALKS = [
  { how: 'mouse', colorScheme: 'light' },
  { how: 'keyboard', colorScheme: 'dark' },
];

for (const [index, { how, colorScheme }] of WALKS.entries()) {
  test(`a ticket is worked on to its end by ${how}: facts, why, a reply with a file and a step, a task`, async () => {
    const number = walked[index];
    const { page, context, troubles } = await open(number, { colorScheme });
    const hand = HANDS[how](page);
    const button = (name) => page.getByRole('button', { name, exact: true });
    const facts = page.getByRole('complementary', { name: 'Facts' });
    await hand.press(button('Start work'));
    await page.getByText(`Work on ${number} has started.`).waitFor();

    await hand.press(facts.getByRole('button', { name: /^Change Requester/ }));
    const editor = page.getByRole('dialog', { name: 'Change Requester' });
    await hand.choose(editor.locator('input:visible'), 'Jonas', 'Jonas Weber');
    await facts.getByRole('button', { name: 'Change Requester: Jonas Weber' }).waitFor();

    await hand.press(button('Why?'));
    const why = page.getByRole('dialog', { name: `Service levels: ${number}` });
    await why.getByRole('table').first().waitFor();
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'hidden' });
    await button('Why?').and(page.locator(':focus')).waitFor();

    await hand.press(button('Public reply'));
    const reply = page.getByRole('textbox', { name: 'Public reply' });
    await reply.waitFor();
    await hand.write(reply, 'Which version do you have?');
    const file = { name: 'steps.txt', mimeType: 'text/plain', buffer: Buffer.from('one, two') };
    await hand.attach(button('Attach files'), page.getByLabel('Attach files').last(), file);
    await page.getByRole('list', { name: 'Files to send' }).getByText('steps.txt').waitFor();
    await hand.press(button('Send and take a step'));
    await hand.item(page.getByRole('menuitem', { name: 'Send and put on hold' }));
    const said = page.getByRole('article').filter({ hasText: 'Which version' });
    await said.getByRole('link', { name: /steps.txt/ }).waitFor();

    await hand.press(page.getByRole('region', { name: 'Tasks' }).getByRole('button', { name: 'Add a task' }));
    const task = page.getByRole('dialog', { name: `Add a task: ${number}` });
    await hand.write(task.getByLabel('What is to be done?'), 'Order a cable');
    await hand.press(task.getByRole('button', { name: 'Add a task' }));
    await task.waitFor({ state: 'hidden' });
    await hand.press(page.getByRole('button', { name: 'Done: Order a cable' }));
    await page.getByRole('region', { name: 'Tasks' }).getByText('Resolved').waitFor();
    await shoot(page, `work-${how}`);
    const ticket = await api('GET', `/tickets/${number}`);
    assert.deepEqual([ticket.status, ticket.requester.name], ['on_hold', 'Jonas Weber']);
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

test('facts are changed in place: category, tags, requester; only the field is sent', async () => {
  const number = numbers[1];
  const { page, context } = await open(number);
  const facts = page.getByRole('complementary', { name: 'Facts' });
  await facts.getByRole('button', { name: /^Change Tags/ }).click();
  await page.getByRole('dialog', { name: 'Change Tags' }).locator('input:visible').fill('vip');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Change Tags' }).getByRole('button', { name: 'Save' }).click();
  await facts.getByText('vip').waitFor();
  await page.getByText('Saved.').first().waitFor();
  assert.deepEqual((await api('GET', `/tickets/${number}`)).tags, ['vip']);

  await facts.getByRole('button', { name: /^Change Requester/ }).click();
  await page.getByRole('dialog', { name: 'Change Requester' }).locator('input:visible').fill('Jonas');
  await page.getByRole('option', { name: 'Jonas Weber' }).click();
  await facts.getByRole('button', { name: 'Change Requester: Jonas Weber' }).waitFor();
  await page.getByText('changed requester').waitFor();
  const entry = page.getByRole('listitem').filter({ hasText: 'changed requester' }).last();
  assert.equal(await entry.locator('del').innerText(), 'Lea Fontaine');
  assert.equal(await entry.locator('ins').innerText(), 'Jonas Weber');
  await context.close();
});

test('Enter that comes before the search has answered takes what was searched for', async () => {
  const number = numbers[1];
  const { page, context } = await open(number);
  const facts = page.getByRole('complementary', { name: 'Facts' });
  let answer;
  const held = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/v1/users?**search=Noor**', async (route) => {
    await held;
    await route.continue();
  });
  await facts.getByRole('button', { name: /^Change Requester/ }).click();
  const field = page.getByRole('dialog', { name: 'Change Requester' }).locator('input:visible');
  // The choices of before any search are there.
  await page.getByRole('option').nth(1).waitFor();
  await field.fill('Noor');
  await page.keyboard.press('Enter');
  answer();
  await facts.getByRole('button', { name: 'Change Requester: Noor Bakker' }).waitFor();
  await until(async () => (await api('GET', `/tickets/${number}`)).requester.name === 'Noor Bakker');
  await context.close();
});

test('links, tasks and watchers are added and taken away', async () => {
  const number = numbers[2];
  const { page, context, troubles } = await open(number);
  await page.keyboard.press('l');
  const link = page.getByRole('dialog', { name: `Link to another ticket: ${number}` });
  await link.getByLabel('The other ticket').fill(numbers[4]);
  await link.getByRole('button', { name: 'Link', exact: true }).click();
  const links = page.getByRole('region', { name: 'Links' });
  await links.getByRole('link', { name: 'Original' }).waitFor();
  await links.getByRole('button', { name: `Remove the link to ${numbers[4]}` }).click();
  await page.getByText(`The link to ${numbers[4]} is removed.`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await links.getByRole('link', { name: 'Original' }).waitFor();

  await page.getByRole('region', { name: 'Tasks' }).getByRole('button', { name: 'Add a task' }).click();
  const task = page.getByRole('dialog', { name: `Add a task: ${number}` });
  await task.getByLabel('What is to be done?').fill('Order a cable');
  await task.getByRole('button', { name: 'Add a task' }).click();
  await page.getByRole('button', { name: 'Done: Order a cable' }).click();
  await page.getByRole('region', { name: 'Tasks' }).getByText('Resolved').waitFor();

  await page.getByRole('button', { name: 'Watch', exact: true }).click();
  await page.getByRole('button', { name: 'Stop watching', exact: true }).waitFor();
  assert.equal((await api('GET', `/tickets/${number}/watchers`)).is_watching, true);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a double is merged into the original, and the merge is undone', async () => {
  const [double, original] = [numbers[3], numbers[4]];
  const { page, context } = await open(double);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Merge into another ticket' }).click();
  const dialog = page.getByRole('dialog', { name: /^Merge into another ticket/ });
  await dialog.getByLabel('Merge into').fill(original);
  await dialog.getByRole('button', { name: 'Merge into another ticket' }).click();
  await page.waitForURL(`**/incidents/${original}`);
  assert.equal((await api('GET', `/tickets/${double}`)).merged_into.number, original);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone.').waitFor();
  assert.equal((await api('GET', `/tickets/${double}`)).merged_into ?? null, null);
  await context.close();
});

test('a draft that was typed on one device is there on another', async () => {
  const number = numbers[5];
  const first = await open(number);
  await first.page.keyboard.press('c');
  await first.page.getByRole('textbox', { name: 'Public reply' }).fill('Half a sentence');
  await first.page.getByText('Draft saved').waitFor();
  await first.context.close();
  const second = await open(number);
  const field = second.page.getByRole('textbox', { name: 'Public reply' });
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Half a sentence');
  await field.fill('A whole sentence.');
  await second.page.getByRole('button', { name: 'Send reply' }).click();
  await second.page.getByRole('article').filter({ hasText: 'A whole sentence.' }).waitFor();
  await until(async () => (await draftsOf(number)).length === 0);
  await second.context.close();
});

test('the network is cut while typing and sending: it says so at once, keeps the words and sends them once', async () => {
  const number = numbers[6];
  const { page, context, troubles } = await open(number);
  await page.keyboard.press('c');
  const field = page.getByRole('textbox', { name: 'Public reply' });
  await field.pressSequentially('Before the cut');
  await page.getByText('Draft saved').waitFor();
  await context.setOffline(true);
  await field.pressSequentially(', and after it');
  await page.getByText('Not saved on the server yet').waitFor();
  await page.keyboard.press('Control+Enter');
  const notice = page.getByRole('alert').filter({ hasText: 'Not sent: no connection' });
  await notice.waitFor();
  await shoot(page, 'work-offline');
  assert.equal(await field.inputValue(), 'Before the cut, and after it');
  // On the person's word it is tried, and still waits.
  await notice.getByRole('button', { name: 'Try now' }).click();
  await notice.waitFor();
  // A text that is changed does not go out by itself.
  await field.press('End');
  await field.pressSequentially('!');
  await notice.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Enter');
  await notice.waitFor();
  await context.setOffline(false);
  await page.getByRole('article').filter({ hasText: 'Before the cut, and after it!' }).waitFor();
  await notice.waitFor({ state: 'detached' });
  assert.equal(await field.inputValue(), '', 'the field is ready for the next text');
  const said = await api('GET', `/tickets/${number}/timeline`);
  assert.equal(said.data.filter((item) => item.body?.startsWith('Before the cut')).length, 1);
  await until(async () => (await draftsOf(number)).length === 0);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('what waits for the network is sent although its writer went to another page, with the answer lost on the way', async () => {
  const number = numbers[6];
  const { page, context } = await open(number);
  // Only pages that were open before can be opened without a network.
  const list = page.getByRole('navigation', { name: 'Main navigation' });
  const toList = () => list.getByRole('link', { name: 'Tickets', exact: true }).click();
  await toList();
  await page.locator('tr[data-row]').first().waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Assign to me' }).waitFor();
  await page.keyboard.press('c');
  const field = page.getByRole('textbox', { name: 'Public reply' });
  await field.fill('Said only once');
  // The server has it, but its answer never arrives: the worst kind of cut.
  const cut = async (route) => {
    await route.fetch();
    await context.setOffline(true);
    await route.abort('internetdisconnected');
  };
  await page.route('**/comments', cut, { times: 1 });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Not sent: no connection' }).waitFor();
  await toList();
  await page.locator('tr[data-row]').first().waitFor();
  await context.setOffline(false);
  await page.getByText('Sent.', { exact: true }).waitFor();
  const said = await api('GET', `/tickets/${number}/timeline`);
  assert.equal(said.data.filter((item) => item.body === 'Said only once').length, 1);
  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('article').filter({ hasText: 'Said only once' }).waitFor();
  assert.equal(await field.count(), 0, 'no draft of it is left');
  await context.close();
});

test('own words are changed and the earlier ones stay readable; an entry has an address', async () => {
  const number = numbers[7];
  await api('POST', `/tickets/${number}/comments`, { body: 'Tehy are right', visibility: 'internal' });
  const { page, context } = await open(number);
  const entry = page.getByRole('article').filter({ hasText: 'are right' });
  await entry.getByRole('button', { name: /^More about/ }).click();
  await page.getByRole('menuitem', { name: 'Change the text' }).click();
  await entry.getByRole('textbox').fill('They are right');
  await entry.getByRole('button', { name: 'Save' }).click();
  await entry.getByRole('button', { name: 'edited' }).click();
  await page.getByRole('dialog', { name: 'Earlier texts' }).getByText('Tehy are right').waitFor();
  await page.keyboard.press('Escape');
  const id = await page.locator('li[id^="e-"]').filter({ hasText: 'They are right' }).getAttribute('id');
  await page.goto(`/agent/incidents/${number}#${id}`);
  await page.reload();
  await page.locator(`li#${id}[data-target]`).waitFor();

  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('navigation', { name: 'Main navigation' }).isVisible(), false);
  assert.equal(await page.getByText('They are right').isVisible(), true);
  assert.equal(await page.getByRole('button', { name: 'Public reply' }).isVisible(), false);
  await context.close();
});

test('a ticket on paper: all that was said and changed, where links lead, nothing of the program around it', async () => {
  const number = numbers[9];
  await api('POST', `/tickets/${number}/comments`, {
    body: 'See [the guide](https://guide.example/start)',
    visibility: 'public',
  });
  for (let index = 1; index <= 30; index += 1) {
    await api('POST', `/tickets/${number}/comments`, { body: `Line ${index} of many`, visibility: 'internal' });
  }
  await api('PATCH', `/tickets/${number}`, { impact: 'low', urgency: 'low' });
  const { page, context } = await open(number);
  await page.getByText('Line 30 of many').waitFor();
  await settle(page);
  await page.emulateMedia({ media: 'print' });
  for (const text of ['Line 1 of many', 'Line 30 of many', 'See the guide']) {
    assert.equal(await page.getByText(text, { exact: true }).first().isVisible(), true, text);
  }
  const link = page.getByRole('link', { name: 'the guide' });
  const after = await link.evaluate((element) => getComputedStyle(element, '::after').content);
  assert.match(after, /https:\/\/guide\.example\/start/);
  const time = page.locator('article time').first();
  const exact = await time.evaluate((element) => getComputedStyle(element, '::after').content);
  assert.match(exact, /20\d\d/, 'a time on paper is the exact one');
  // One entry tells both fields, each with what it was and what it is.
  const entry = page
    .locator('li[id^="e-"]')
    .filter({ hasText: 'changed impact' })
    .filter({ hasText: 'changed urgency' });
  await entry.waitFor();
  assert.ok((await entry.locator('del').count()) >= 2, await entry.innerText());
  assert.equal(await entry.locator('ins').count(), await entry.locator('del').count());
  assert.equal(await page.getByRole('navigation').filter({ visible: true }).count(), 0);
  // Facts are buttons, and stay; what does something goes.
  for (const name of ['Start work', 'Assign to me', 'More', 'Public reply', 'Watch', 'New ticket']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).isVisible(), false, name);
  }
  await shoot(page, 'ticket-on-paper');
  // Nothing scrolls on paper: the page is as long as what stands on it.
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter((element) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowY))
      .filter((element) => element.scrollHeight > element.clientHeight + 4 && element.clientHeight > 60)
      .map((element) => element.className),
  );
  assert.deepEqual(cut, []);
  const pdf = await page.pdf();
  assert.ok((pdf.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length > 1, 'the timeline goes over pages');
  await context.close();
});

test('# offers tickets and / reply templates; Escape closes, nothing is lost, and the number is a link', async () => {
  const number = numbers[10];
  const admin = await signInToApi(server.url, 'admin@example.com');
  await admin('POST', '/reply-templates', { name: 'Zebra greeting', body: 'Hello {{requester.first_name}},' });
  const { page, context, troubles } = await open(number);
  await page.keyboard.press('i');
  const note = page.getByRole('textbox', { name: 'Internal note' });
  await note.waitFor();
  await page.keyboard.type('As in #orig');
  const offers = page.getByRole('listbox', { name: 'Tickets' });
  await offers.getByRole('option').first().waitFor();
  await shoot(page, 'composer-tickets');
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Escape');
  await offers.waitFor({ state: 'detached' });
  assert.equal(await note.inputValue(), 'As in #orig');
  await page.keyboard.type('inal');
  await offers.getByRole('option', { name: numbers[4] }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction((text) => document.activeElement.value === text, `As in ${numbers[4]} `);
  await page.keyboard.type(`and #${Number(numbers[5].slice(4))}`);
  await offers.getByRole('option', { name: numbers[5] }).click();
  assert.equal(await note.inputValue(), `As in ${numbers[4]} and ${numbers[5]} `);
  // A slash within a line divides, a sharp with a blank begins a heading.
  await page.keyboard.type('and/or # ');
  assert.equal(await page.getByRole('listbox').count(), 0);

  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('/zeb');
  const templates = page.getByRole('listbox', { name: 'Reply templates' });
  await templates.getByRole('option', { name: 'Zebra greeting' }).waitFor();
  let isBroken = true;
  await page.route('**/reply-templates/*/render', (route) =>
    isBroken
      ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"title":"Broken"}' })
      : route.continue(),
  );
  await page.keyboard.press('Tab');
  await page.getByRole('alert').first().waitFor();
  assert.match(await note.inputValue(), /\n\/zeb$/);
  isBroken = false;
  await note.focus();
  await page.keyboard.press('End');
  await page.keyboard.type('r');
  await templates.getByRole('option', { name: 'Zebra greeting' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.value.endsWith('\nHello Lea,'));
  await page.keyboard.press('Control+Enter');
  const said = page.getByRole('article').filter({ hasText: 'Hello Lea,' });
  await said.getByRole('link', { name: numbers[4] }).click();
  await page.waitForURL(`**/agent/incidents/${numbers[4]}`);
  assert.deepEqual(troubles, []);
  await context.close();
});
