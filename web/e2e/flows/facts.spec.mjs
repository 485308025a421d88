import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi, until } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const admin = await signInToApi(server.url, 'admin@example.com');
const [number, whole] = await report(server.url, 'Facts in place', 'The whole of it');

/** A field of the organization's own. */
const room = `Room ${Date.now() % 1e6}`;

const factsOf = (page) => page.getByRole('complementary', { name: 'Facts' });
const openFact = async (page, name) => {
  await factsOf(page)
    .getByRole('button', { name: new RegExp(`^Change ${name}`) })
    .click();
  return page.getByRole('dialog', { name: `Change ${name}` });
};
const save = (editor) => editor.getByRole('button', { name: 'Save' }).click();
const chooseLevel = (name) => async (page) => {
  await factsOf(page)
    .getByRole('button', { name: new RegExp(`^Change ${name}`) })
    .click();
  await page.getByRole('menuitem', { name: 'Low' }).click();
};
const choosePerson = (name) => async (page) => {
  const editor = await openFact(page, name);
  await editor.locator('input:visible').fill('Jonas');
  await page.getByRole('option', { name: 'Jonas Weber' }).click();
};

/** Every field of a ticket that can be changed where it stands, and the names that may be sent for it. */
const FIELDS = [
  {
    what: 'title',
    names: ['title'],
    edit: async (page) => {
      await page.getByRole('button', { name: 'Change Title' }).click();
      await page.getByRole('dialog').getByLabel('Title').fill('Facts changed in place');
      await page.keyboard.press('Enter');
    },
  },
  {
    what: 'description',
    names: ['description'],
    edit: async (page) => {
      await page.getByRole('button', { name: 'Change Description' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Description').fill('Told in other words.');
      await save(dialog);
    },
  },
  { what: 'impact', names: ['impact'], edit: chooseLevel('Impact') },
  { what: 'urgency', names: ['urgency'], edit: chooseLevel('Urgency') },
  {
    what: 'priority by hand, with its reason',
    names: ['priority', 'priority_reason'],
    edit: async (page) => {
      const editor = await openFact(page, 'Priority');
      await editor.getByRole('combobox', { name: 'Priority' }).click();
      await page.getByRole('option', { name: 'Critical' }).click();
      await editor.getByLabel('Why?').fill('The board waits');
      await page.keyboard.press('Enter');
    },
  },
  {
    what: 'category, with its subcategory',
    names: ['category', 'subcategory'],
    edit: async (page) => {
      const editor = await openFact(page, 'Category');
      const field = editor.getByRole('combobox', { name: 'Category', exact: true });
      await field.fill('Network');
      await page
        .getByRole('option', { name: /^Network/ })
        .first()
        .click();
      await save(editor);
    },
  },
  {
    what: 'tags',
    names: ['tags'],
    edit: async (page) => {
      const editor = await openFact(page, 'Tags');
      await editor.locator('input:visible').fill('vip');
      await page.keyboard.press('Enter');
      await save(editor);
    },
  },
  { what: 'requester', names: ['requester_id'], edit: choosePerson('Requester') },
  { what: 'for whom', names: ['requested_for_id'], edit: choosePerson('For') },
  {
    what: 'parent',
    names: ['parent'],
    edit: async (page) => {
      const editor = await openFact(page, 'Part of');
      await editor.getByRole('textbox').fill(whole);
      await page.keyboard.press('Enter');
    },
  },
  {
    what: 'a field of the organization',
    names: ['custom_fields'],
    edit: async (page) => {
      const editor = await openFact(page, room);
      await editor.getByLabel(room).fill('3B');
      await page.keyboard.press('Enter');
    },
  },
  {
    what: 'assignee',
    path: /\/assign$/,
    names: ['assignee_id'],
    edit: async (page) => {
      const editor = await openFact(page, 'Assignee');
      await editor.getByRole('combobox', { name: 'Assign' }).fill('Jonas');
      await page.getByRole('option', { name: 'Jonas Weber' }).click();
    },
  },
];

test('Enter and at once Tab in a search of people takes who was searched for, when the answer comes', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  let answer;
  const held = new Promise((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/v1/users?**search=Noor**', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/admin/deliveries');
  const field = page.getByRole('combobox', { name: 'Person' });
  await field.click();
  await page.getByRole('option').nth(1).waitFor();
  await page.keyboard.type('Noor');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(!(await field.evaluate((element) => element === document.activeElement)), 'the focus moved on');
  const request = page.waitForRequest(/deliveries\?.*user_id=/);
  answer();
  await request;
  await page.waitForFunction((element) => element.value === 'Noor Bakker', await field.elementHandle());
  await context.close();
});

test('each field that is changed where it stands is sent alone, with the version that was seen', async () => {
  const field = { kind: 'incident', key: `room_${Date.now()}`, type: 'text', label: room };
  const made = await admin('POST', '/custom-fields', field);
  const category = await admin('POST', '/categories', { name: `Network ${Date.now()}` });
  const { page, context } = await newPage(browser, server.url, { viewport: { width: 1440, height: 1000 } });
  await signIn(page, 'admin@example.com');
  await page.goto(`/agent/incidents/${number}`);
  await factsOf(page).waitFor();
  // What is sent, as the page sends it: a browser shows nobody the body of a request that was made beforehand.
  const writes = [];
  await page.exposeFunction('noteWrite', (write) => void writes.push(write));
  await page.evaluate(() => {
    const fetched = window.fetch.bind(window);
    window.fetch = async (...given) => {
      const request = new Request(...given);
      const { pathname } = new URL(request.url);
      // Who looks at a ticket says so all the while.
      if (request.method !== 'GET' && !pathname.includes('presence')) {
        const body = await request.clone().json();
        await window.noteWrite({ pathname, body, seen: request.headers.get('if-match') });
      }
      return fetched(request);
    };
  });
  for (const { what, names, edit, path = /\/tickets\/INC-\d+$/ } of FIELDS) {
    await settle(page);
    const { version } = await admin('GET', `/tickets/${number}`);
    await edit(page);
    await until(async () => (await admin('GET', `/tickets/${number}`)).version > version);
    await settle(page);
    const sent = writes.splice(0);
    assert.equal(sent.length, 1, `${what}: ${sent.map(({ pathname }) => pathname)}`);
    const [{ pathname, body, seen }] = sent;
    assert.match(pathname, path, what);
    assert.deepEqual(Object.keys(body).sort(), names, what);
    assert.equal(seen, `"${version}"`, what);
  }
  await admin('DELETE', `/custom-fields/${made.id}`);
  await admin('DELETE', `/categories/${category.id}`);
  await context.close();
});
