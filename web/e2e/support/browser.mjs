// Debian's Chromium through playwright-core; a fresh context per test, so that nothing is shared.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { PASSWORD } from './api.mjs';
import { patience, slowDown } from './slow.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where screenshots go, for who wants to look at them after a change to the looks; without it none are made. */
const screenshots = process.env.STEWARD_SCREENSHOTS;

export function launch() {
  if (screenshots) mkdirSync(screenshots, { recursive: true });
  return chromium.launch({ executablePath, args });
}

/** Requests of each page: those that have not been answered in full, and how many there were so far. */
const underway = new WeakMap();

function follow(page) {
  const requests = { open: new Set(), count: 0 };
  underway.set(page, requests);
  let before = [];
  page.on('request', (request) => {
    // The stream of what changes stays open for as long as the page.
    if (request.url().includes('/api/v1/stream')) return;
    requests.count += 1;
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) before = [...requests.open];
    requests.open.add(request);
  });
  // Nobody tells the end of what a document asked for that has given way to another one.
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) for (const request of before.splice(0)) requests.open.delete(request);
  });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => requests.open.delete(request));
}

/** Runs in every document before its own scripts, and before a test that sets the clock. */
function watchStillness() {
  // The preview of a mail is a frame that may run nothing.
  if (window !== window.top) return;
  const later = window.setTimeout.bind(window);
  const whenIdle = window.requestIdleCallback.bind(window);
  const now = performance.now.bind(performance);
  let changed = now();
  new MutationObserver(() => {
    changed = now();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  /** True once the page is drawn and no other one is on its way, nothing has changed for so many milliseconds and no work waits; false after `most`. */
  window.stewardIsStill = (calm, most) => {
    const end = now() + most;
    return new Promise((resolve) => {
      const look = () => {
        const isDrawn =
          document.readyState === 'complete' && !document.querySelector('#root > .boot, #root[data-busy]');
        const rest = calm - (now() - changed);
        if (now() > end) resolve(false);
        else if (!isDrawn || rest > 0) later(look, Math.max(rest, 20));
        else whenIdle(() => (now() - changed >= calm ? resolve(true) : look()), { timeout: 500 });
      };
      look();
    });
  };
}

const CALM = 100;

/** Waits until the page is drawn, all that it asked for is there, and it has come to rest. */
export async function settle(page) {
  const requests = underway.get(page);
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const { count } = requests;
    // A document that gives way to another one answers nothing.
    const isStill = await page
      .evaluate(([calm, most]) => window.stewardIsStill(calm, most), [CALM, 2000])
      .catch(() => false);
    if (isStill && requests.open.size === 0 && requests.count === count) return;
    if (!isStill || requests.open.size > 0) await page.waitForTimeout(20);
  }
  const missing = [...requests.open].map((request) => request.url()).join(', ');
  throw new Error(missing ? `still waiting for ${missing}` : `${page.url()} does not come to rest`);
}

/** How an API says no to what a person asked for: the page shows why, and the test reads it there. */
const REFUSALS = new Set([400, 403, 409, 412, 413, 415, 422, 429]);

/**
 * Answers of the server that are errors, which the browser writes to its console. Whoever only reads meets none,
 * and nothing is written to what is not there: a test that provokes one names it with `excuse`. What a test answers
 * in the place of the server has no request id.
 */
function watchAnswers(page, troubles) {
  const excused = [];
  page.on('response', (response) => {
    const request = response.request();
    const status = response.status();
    // Whether there is still a session, only the server can say.
    const isRefusal = status === 401 || (request.method() !== 'GET' && REFUSALS.has(status));
    const words = `${status} of ${request.method()} ${new URL(response.url()).pathname}`;
    const isOwn = status >= 400 && 'x-request-id' in response.headers();
    if (isOwn && !isRefusal && !excused.some((pattern) => pattern.test(words))) troubles.push(words);
  });
  return (pattern) => void excused.push(pattern);
}

/** A new page that notes what must not happen: console errors, failed scripts, breaches of the policy. */
export async function newPage(browser, url, options = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patience);
  await context.addInitScript(watchStillness);
  const page = await context.newPage();
  follow(page);
  await slowDown(page);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // The browser's own words on an answer that is an error, or on a network that was cut, name no request.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      troubles.push(`console: ${message.text()}`);
    }
  });
  const excuse = watchAnswers(page, troubles);
  const close = context.close.bind(context);
  // Every test ends so: none has to ask.
  context.close = async (...given) => {
    await close(...given);
    assert.deepEqual(troubles, [], 'nothing went wrong unseen');
  };
  return { page, context, troubles, excuse };
}

/** Goes there as a link does, without loading the application anew. */
export async function go(page, path) {
  await page.evaluate((address) => window.history.pushState({}, '', address), path);
  await settle(page);
}

/** Changes between light and dark as the system does, and waits until every colour has arrived. */
export async function wear(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.getAnimations().every((each) => !(each instanceof CSSTransition)));
}

/** Signs in through the form, as a person would. */
export async function signIn(page, email, password = PASSWORD) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address or username').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

export async function shoot(page, name) {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`) });
}
