import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { PASSWORD, report } from '../support/api.mjs';
import { newPage, settle, shoot } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

let number;
const { server, browser } = await startDesk();
before(async () => {
  [number] = await report(server.url, 'Sprache');
});

/** Texts of the page that nobody translated: the pseudo-locale puts brackets around every one that somebody did. */
async function unbracketed(page) {
  return page.evaluate(() => {
    const found = new Set();
    const skip = 'code, pre, kbd, time, .prose, option, [data-untranslated], svg, title, script, style, noscript';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent.trim();
      if (!text || !parent || parent.closest(skip) || !parent.checkVisibility()) continue;
      const whole = parent.textContent.trim();
      if (/[[\]]/.test(text) || /[[\]]/.test(whole)) continue;
      if (/^[\d\s.,:·/%–—()+-]*$/.test(text)) continue;
      found.add(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder]')) {
      if (element.closest('[aria-hidden="true"]')) continue;
      for (const name of ['aria-label', 'placeholder']) {
        const text = element.getAttribute(name);
        if (text && !/[[\]]/.test(text) && /[a-z]{3}/i.test(text)) found.add(`${name}: ${text}`);
      }
    }
    return [...found];
  });
}

/** Buttons and links whose words are cut off. */
async function clipped(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a, [role="menuitem"]')]
      .filter((element) => element.checkVisibility() && element.textContent.trim())
      .flatMap((element) => [element, ...element.querySelectorAll('.mantine-Button-label')])
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.textContent.trim()),
  );
}

async function signInWith(page, email) {
  await page.goto('/sign-in');
  await page.locator('input[autocomplete="username"]').fill(email);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

test('the page speaks the language of the browser, and another one when it is chosen', async () => {
  const german = await newPage(browser, server.url, { locale: 'de-AT' });
  await german.page.goto('/sign-in');
  await german.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  assert.equal(await german.page.evaluate(() => document.documentElement.lang), 'de');
  await signInWith(german.page, 'user@example.com');
  await german.page.getByRole('heading', { name: 'Wie können wir helfen?' }).waitFor();
  await german.page.goto(`/portal/requests/${number}`);
  await german.page.getByText('Eingegangen').first().waitFor();
  const exact = await german.page.locator('time').first().getAttribute('title');
  assert.match(exact, /^\d{1,2}\. ?\S+ \d{4}|^\d{2}\.\d{2}\.\d{4}/, 'dates as they are written in Austria');
  await shoot(german.page, 'german-request');
  await german.page.goto('/help/user-guide');
  await german.page.getByRole('heading', { name: 'Anleitung', level: 1 }).waitFor();
  assert.deepEqual(german.troubles, []);
  await german.context.close();

  const french = await newPage(browser, server.url, { locale: 'fr-FR' });
  await french.page.goto('/sign-in');
  await french.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await french.page.getByLabel('Language').selectOption('de');
  await french.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  await french.page.reload();
  await french.page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  await french.context.close();
});

// Names, titles and addresses of the demo's people and tickets, and the product's own name.
const DATA =
  /^(Steward|Lea Fontaine|Ines Albrecht|LF|IA|S|Sprache|INC-\d+|user@example\.com|admin@example\.com|English|Deutsch|node)$/;

for (const screen of [
  { name: 'wide', viewport: { width: 1280, height: 800 } },
  { name: 'phone', viewport: { width: 390, height: 780 } },
]) {
  test(`no text of the portal and profile is written into the program, and none is cut off: ${screen.name}`, async () => {
    const { page, context, troubles } = await newPage(browser, server.url, { viewport: screen.viewport });
    await page.addInitScript(() => localStorage.setItem('steward.language', 'en-XA'));
    const look = async (path) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settle(page);
      const texts = (await unbracketed(page)).filter((text) => !DATA.test(text));
      assert.deepEqual(texts, [], path);
      assert.deepEqual(await clipped(page), [], path);
      const isWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      assert.equal(isWide, false, `${path} is wider than the screen`);
    };
    for (const path of ['/sign-in', '/forgot-password', '/set-password#token=x']) await look(path);
    await signInWith(page, 'user@example.com');
    for (const path of [
      '/portal',
      '/portal/report',
      '/portal/requests',
      `/portal/requests/${number}`,
      '/portal/status',
      '/portal/profile',
      '/portal/profile?section=security',
      '/portal/profile?section=appearance',
      '/portal/nothing-here',
    ]) {
      await look(path);
    }
    await shoot(page, `pseudo-${screen.name}`);
    assert.deepEqual(troubles, []);
    await context.close();
  });
}
