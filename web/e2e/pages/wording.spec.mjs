import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { PASSWORD } from '../support/api.mjs';
import { go, newPage, settle, shoot } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { makeRecords, PAGES, pathOf } from '../support/pages.mjs';
import { clipped, gatherData, untranslated } from '../support/words.mjs';

const { server, browser } = await startDesk();
before(() => makeRecords(server.url));

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** The groups of a report have words of their own; so has a page that is not there. */
const MORE = [
  { path: '/insights/backlog?group_by=kind', who: 'admin@example.com' },
  { path: '/insights/sla-resolution?group_by=source', who: 'admin@example.com' },
  { path: '/portal/nothing-here', who: 'user@example.com' },
];
const pages = [...PAGES, ...MORE];

/** Signs in without a word of the page: its language is not known here. */
async function visitor(who, language) {
  const open = await newPage(browser, server.url, { viewport: WIDE });
  const data = gatherData(open.page);
  await open.page.addInitScript((tag) => {
    // The preview of a mail is a frame that may store nothing.
    if (window === window.top) localStorage.setItem('steward.language', tag);
  }, language);
  await open.page.goto('/sign-in');
  if (who) {
    await open.page.locator('input[autocomplete="username"]').fill(who);
    await open.page.locator('input[type="password"]').fill(PASSWORD);
    await open.page.locator('button[type="submit"]').click();
    await open.page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
    // What the first answers tell is known only once they are read, which leaving the page would prevent.
    await settle(open.page);
  }
  return { ...open, data };
}

/** What is cut off, or lies outside of the screen. */
async function unfit(page) {
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return [...(isWide ? ['is wider than the screen'] : []), ...(await clipped(page)).map((text) => `cuts off ${text}`)];
}

/** Opens dialogs and menus that the page offers, and looks at what is in them. */
async function openEach(page, look) {
  const places = page.locator('[data-page-actions] button:not([disabled]), main button[aria-haspopup="menu"]');
  const { href } = new URL(page.url());
  for (let at = 0; at < Math.min(4, await places.count()); at += 1) {
    const place = places.nth(at);
    if (!(await place.isVisible())) continue;
    const name = await place.textContent();
    await place.click();
    await settle(page);
    await look(` after "${name}"`);
    await page.keyboard.press('Escape');
    await page.locator('[role=dialog]:visible, [role=menu]:visible').waitFor({ state: 'detached' });
    if (page.url() !== href) await visit(page, href);
  }
}

/** Goes to a page and waits until its heading is there. */
async function visit(page, path) {
  await go(page, path);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Walks all pages, each at two widths; `look` says what is wrong with the one that is open. */
async function walk(language, isOpening, look) {
  const found = [];
  for (const who of new Set(pages.map((page) => page.who))) {
    const { page, context, data, troubles } = await visitor(who, language);
    for (const entry of pages.filter((each) => each.who === who)) {
      const path = pathOf(entry);
      const note = (faults, where = '') => found.push(...faults.map((fault) => `${path}${where} ${fault}`));
      await visit(page, path);
      note(await look(page, data));
      note(await unfit(page), ' at 1440 px');
      if (isOpening) await openEach(page, async (where) => note(await look(page, data), where));
      await page.setViewportSize(PHONE);
      await settle(page);
      note(await unfit(page), ' at 390 px');
      await page.setViewportSize(WIDE);
      note(troubles.splice(0));
    }
    await shoot(page, `wording-${language}-${who ? who.split('@')[0] : 'nobody'}`);
    await context.close();
  }
  return found;
}

test('no text is written into the program, and none is cut off when it is a third longer', async () => {
  const faults = await walk('en-XA', true, async (page, data) =>
    (await untranslated(page, data)).map((text) => `says "${text}"`),
  );
  assert.deepEqual(faults, []);
});

test('no German word is cut off', async () => {
  assert.deepEqual(await walk('de', false, async () => []), []);
});
