// Each entry of `?` is pressed once, and what it promises is seen: a shortcut without an effect known here fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi, until } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const word = `heron${process.pid}`;
const [first, second, third, worked, linked] = await report(
  server.url,
  ...['one', 'two', 'three', 'worked on'].map((title) => `${word} ${title}`),
  'Something else to read of',
);
const jonas = await signInToApi(server.url, 'agent2@example.com');
await jonas('POST', `/tickets/${worked}/start`, {});
const priya = await signInToApi(server.url, 'agent@example.com');
const { username } = await priya('GET', '/users/me');
for (const number of [first, second, third, worked, linked]) {
  await jonas('POST', `/tickets/${number}/comments`, { body: `@${username} look`, visibility: 'internal' });
}
const heard = async () => {
  const { data } = await priya('GET', '/notifications');
  return [first, second, third, worked, linked].every((number) => data.some((news) => news.ticket?.number === number));
};
await until(heard);

const QUEUE = `/agent/tickets?view=all&search=${word}&sort=number`;
const SPECIAL = {
  '↓': 'ArrowDown',
  '↑': 'ArrowUp',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
  Esc: 'Escape',
  Ctrl: 'Control',
};
const EVERYWHERE = new Set(['Everywhere', 'Go to']);

/** What `?` lists: section, words, and the strokes to press one after the other. */
async function listed(page) {
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  const entries = await dialog.locator('tr').evaluateAll((rows) =>
    rows.map((row) => {
      const shortcut = row.cells[1].querySelector('div > div') ?? row.cells[1];
      return {
        section: row.closest('table').getAttribute('aria-label'),
        words: row.cells[0].textContent,
        keys: [...shortcut.querySelectorAll('kbd')].map((key) => key.textContent),
        isSequence: shortcut.querySelector('span') !== null,
      };
    }),
  );
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  return entries.map(({ keys, isSequence, ...entry }) => {
    const names = keys.map((key) => SPECIAL[key] ?? (/^[A-Z]$/.test(key) ? key.toLowerCase() : key));
    return {
      ...entry,
      strokes: isSequence ? names : [names.join('+').replace(/^Shift\+(.)$/, (_, key) => `Shift+${key.toUpperCase()}`)],
    };
  });
}

const dialog = (name) => (page) => page.getByRole('dialog', { name }).waitFor();
const address = (pattern) => (page) => page.waitForURL(pattern);
const focusOn = (number) => (page) =>
  page.waitForFunction((row) => document.activeElement?.closest('[data-row]')?.dataset.row === row, number);
const toast = (words) => (page) => page.getByRole('alert').filter({ hasText: words }).waitFor();
const box = (name) => (page) => page.getByRole('textbox', { name }).waitFor();
const chosen = (words) => (page) => page.getByRole('toolbar').getByText(words).waitFor();
const hasFocus = (locator) => async (page) => {
  const handle = await locator(page).elementHandle();
  await page.waitForFunction((element) => element === document.activeElement, handle);
};

const GENERAL = {
  'Command palette': box('Command palette'),
  'Show keyboard shortcuts': dialog('Keyboard shortcuts'),
  'New ticket': address('**/agent/tickets/new'),
  'Undo the last change': toast('There is nothing to undo'),
  'My work': address('**/agent'),
  Inbox: address('**/agent/inbox'),
  Tickets: (page) => page.waitForURL((url) => url.pathname === '/agent/tickets' && !url.search.includes(word)),
  'Major incidents': address('**/agent/incidents/major'),
  Search: address('**/agent/search'),
  Home: address('**/portal'),
};

/** The keys of a row and of a card: the one under the cursor is `number`. */
const rowKeys = (number) => ({
  'Assign to me': toast(`${number} is assigned.`),
  Assign: dialog(`Change Assignee of ${number}`),
  'Choose the next step': dialog(`Change Status of ${number}`),
  'Change impact and urgency': dialog(`Change Priority of ${number}`),
  'Reply to the requester': box('Public reply'),
  'Write an internal note': box('Internal note'),
  'Link to another ticket': dialog('Link to another ticket'),
  'Open the full page': address(`**/agent/incidents/${number}`),
});

const rows = async (page) => page.locator(`[data-row="${third}"]`).waitFor();
/** Walks with `j` to the second ticket. */
const onSecond = async (page) => {
  await rows(page);
  await page.keyboard.press('j');
  await focusOn(first)(page);
  await page.keyboard.press('j');
  await focusOn(second)(page);
};
const peekOf = (number) => address(`**peek=${number}*`);

const PAGES = [
  {
    name: 'the queue',
    path: QUEUE,
    ready: onSecond,
    withGeneral: true,
    effects: {
      'Next ticket': peekOf(first),
      'Previous ticket': (page) => page.waitForURL('**peek=INC-*'),
      'Show as a board': address('**layout=board*'),
      'Filter the list': hasFocus((page) => page.getByRole('searchbox', { name: 'Search tickets' })),
      'Next row': focusOn(third),
      'Previous row': focusOn(first),
      'Open the row': peekOf(second),
      'Select the row': chosen('1 selected'),
      'Select from the last one chosen to here': chosen(/selected/),
      ...rowKeys(second),
    },
  },
  {
    name: 'the queue with chosen rows',
    path: QUEUE,
    ready: async (page) => {
      await onSecond(page);
      await page.keyboard.press('x');
      await page.getByRole('toolbar').waitFor();
    },
    only: '1 selected',
    effects: {
      Assign: dialog(/^Assign: /),
      Status: dialog(/^Status: /),
      Priority: dialog(/^Priority: /),
      Tags: dialog(/^Tags: /),
      Category: dialog(/^Category: /),
      'Clear selection': (page) => page.getByRole('toolbar').waitFor({ state: 'detached' }),
    },
  },
  {
    name: 'the board',
    path: `${QUEUE}&layout=board&group=priority`,
    ready: onSecond,
    effects: {
      'Next ticket': peekOf(first),
      'Previous ticket': (page) => page.waitForURL('**peek=INC-*'),
      'Show as a list': (page) => page.locator('tr[data-row]').first().waitFor(),
      'Filter the list': hasFocus((page) => page.getByRole('searchbox', { name: 'Search tickets' })),
      'Next card': focusOn(third),
      'Previous card': focusOn(first),
      // One column has cards: the cursor stays.
      'Column to the left': focusOn(second),
      'Column to the right': focusOn(second),
      'Open the card': peekOf(second),
      'Move to…': dialog(`Move ${second} to…`),
      'Select the card': chosen('1 selected'),
      'Select from the last one chosen to here': chosen(/selected/),
      ...rowKeys(second),
    },
  },
  {
    name: 'a ticket',
    path: `/agent/incidents/${worked}`,
    ready: (page) => page.getByRole('button', { name: 'More', exact: true }).waitFor(),
    effects: {
      'Change impact and urgency': (page) => page.getByRole('menuitem', { name: 'High' }).waitFor(),
      'Reply to the requester': box('Public reply'),
      'Write an internal note': box('Internal note'),
      'Link to another ticket': dialog('Link to another ticket'),
      Assign: dialog(`Assign: ${worked}`),
      Resolve: dialog(`Resolve: ${worked}`),
      'Put on hold': dialog(`Put on hold: ${worked}`),
      'Choose the next step': (page) => page.getByRole('menuitem', { name: /^Resolve/ }).waitFor(),
      'Everything that can be done with this ticket': box('Command palette'),
      'Assign to me': toast(`${worked} is assigned.`),
    },
  },
  {
    name: 'the inbox',
    path: '/agent/inbox',
    ready: async (page) => {
      await page.locator('[data-id]').nth(2).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.waitForFunction(() => document.activeElement?.closest('[data-id]') !== null);
    },
    effects: {
      'Next row': (page) => page.waitForFunction(() => inboxPlace() === 2),
      'Previous row': (page) => page.waitForFunction(() => inboxPlace() === 0),
      'Open the ticket': (page) => page.waitForURL((url) => url.pathname !== '/agent/inbox'),
      'Mark as read': (page) => page.waitForFunction((before) => inboxIds() !== before, page.inboxBefore),
    },
  },
];

for (const { name, path, ready, effects, withGeneral, only } of PAGES) {
  test(`every shortcut that ? lists on ${name} does what it says`, async () => {
    const { page, context } = await newPage(browser, server.url);
    await page.addInitScript(() => {
      const all = () => [...document.querySelectorAll('[data-id]')];
      window.inboxPlace = () => all().findIndex((row) => row.contains(document.activeElement));
      window.inboxIds = () =>
        all()
          .map((row) => row.dataset.id)
          .join();
    });
    await signIn(page, 'agent@example.com');
    const begin = async () => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await settle(page);
      await ready(page);
      page.inboxBefore = await page.evaluate(() => window.inboxIds());
    };
    await begin();
    const entries = (await listed(page)).filter(
      ({ section }) => (withGeneral || !EVERYWHERE.has(section)) && (!only || section === only),
    );
    const known = { ...(withGeneral && GENERAL), ...effects };
    assert.deepEqual(entries.map(({ words }) => words).toSorted(), Object.keys(known).toSorted());
    for (const { words, strokes } of entries) {
      await begin();
      for (const stroke of strokes) await page.keyboard.press(stroke);
      await known[words](page).catch((error) => assert.fail(`${words} (${strokes.join(' ')}): ${error.message}`));
    }
    await context.close();
  });
}
