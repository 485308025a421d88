import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { findings, findingsOfColours } from '../support/axe.mjs';
import { go, newPage, settle, shoot, signIn, wear } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { makeRecords, numbers, PAGES, pathOf, REDIRECTS } from '../support/pages.mjs';

const SCREENS = [
  // Each page is opened by its address alone.
  { name: '1280', viewport: { width: 1280, height: 800 }, open: (page, path) => page.goto(path) },
  // High enough for every page: what a bar lies over depends on how far one has scrolled.
  { name: '390', viewport: { width: 390, height: 1800 }, open: go },
];

const { server, browser } = await startDesk();
before(() => makeRecords(server.url));

test('every route of the application is among the pages that are checked', () => {
  const tree = readFileSync(new URL('../../src/app/route-tree.gen.ts', import.meta.url), 'utf8');
  const union = /fullPaths:([^}]*?)\n {2}fileRoutesByTo/.exec(tree)?.[1] ?? '';
  const routes = [...union.matchAll(/'([^']+)'/g)].map(([, path]) => path.replace(/(.)\/$/, '$1'));
  const known = new Set([...PAGES.map((page) => page.route), ...REDIRECTS]);
  assert.ok(routes.length > 5, 'the route tree could not be read');
  assert.deepEqual(
    [...new Set(routes)].filter((route) => !known.has(route)),
    [],
  );
});

/** What is wrong with a page in both colour schemes, each in a line that names it. */
async function faults(page, path, picture) {
  await shoot(page, `${picture}-light`);
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  const titles = await page.getByRole('heading', { level: 1 }).count();
  const inLight = await findings(page);
  await wear(page, 'dark');
  await shoot(page, `${picture}-dark`);
  const inDark = await findingsOfColours(page);
  await wear(page, 'light');
  return [
    ...(isWide ? ['is wider than the screen'] : []),
    ...(titles === 1 ? [] : [`has ${titles} headings of the first level`]),
    ...inLight,
    ...inDark.map((fault) => `in the dark: ${fault}`),
  ].map((fault) => `${path}: ${fault}`);
}

for (const { name, viewport, open } of SCREENS) {
  test(`no page has an accessibility fault, in light and dark: ${name}`, async () => {
    const found = [];
    for (const who of new Set(PAGES.map((each) => each.who))) {
      const { page, context, troubles } = await newPage(browser, server.url, { viewport, colorScheme: 'light' });
      if (who) await signIn(page, who);
      else await page.goto('/sign-in');
      for (const entry of PAGES.filter((each) => each.who === who)) {
        const { route, name: part, ready } = entry;
        const path = pathOf(entry);
        await open(page, path);
        await page.getByRole('heading', { name: ready, level: 1 }).waitFor();
        await settle(page);
        const picture = `page${route.replaceAll(/[/$]+/g, '-')}${part ? `-${part}` : ''}-${name}`;
        found.push(...(await faults(page, path, picture)));
      }
      assert.deepEqual(troubles, []);
      await context.close();
    }
    assert.deepEqual(found, []);
  });
}

for (const [colorScheme, lookFor] of [
  ['light', findings],
  ['dark', findingsOfColours],
]) {
  test(`dialogs, menus and page states have no accessibility fault: ${colorScheme}`, async () => {
    const { page, context, excuse } = await newPage(browser, server.url, { colorScheme });
    excuse(/404 of GET .*INC-999999/);
    await signIn(page, 'admin@example.com');
    const look = async (name) => {
      await shoot(page, `state-${name}-${colorScheme}`);
      assert.deepEqual(await lookFor(page), [], name);
    };
    const number = colorScheme === 'light' ? numbers[0] : numbers[1];
    await page.goto(`/agent/incidents/${number}`);
    await page.getByRole('button', { name: 'Start work' }).click();
    await page.getByText(`Work on ${number} has started.`).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await look('help');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Command palette' }).waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /Close/ }).waitFor();
    await look('menu');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: /Resolve/ }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
    await look('resolve');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('i');
    await page.getByRole('textbox', { name: 'Internal note' }).fill('A note');
    await look('composer-internal');
    await page.getByRole('textbox', { name: 'Internal note' }).fill('');
    await page.goto('/agent/incidents/INC-999999');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await look('not-found');
    await page.goto('/agent/tickets?priority=%5B%22critical%22%5D&status=%5B%22new%22%5D');
    await page.getByText('No ticket matches').waitFor();
    await look('empty');
    await page.goto('/agent/tickets?view=all&layout=board&status=%5B%22open%22%5D');
    await page.locator('li[data-row]').first().waitFor();
    await settle(page);
    await look('board');
    await page
      .getByRole('button', { name: /^Move INC-.* to…$/ })
      .first()
      .click();
    await page
      .getByRole('dialog', { name: /^Move INC-/ })
      .getByRole('button')
      .first()
      .waitFor();
    await look('board-move');
    await page.keyboard.press('Escape');
    await page.goto('/admin/users');
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByRole('dialog', { name: 'Add a person' }).waitFor();
    await look('add-person');
    await context.close();
  });
}

test('the keyboard finds the content past the navigation', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets');
  await page.locator('tr[data-row]').first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  await context.close();
});
