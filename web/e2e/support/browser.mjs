// Debian's Chromium through playwright-core; a fresh context per test, so that nothing is shared.
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { PASSWORD } from './api.mjs';

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

/** Where screenshots go; look at them after a change to the looks. */
export const screenshots = process.env.STEWARD_SCREENSHOTS ?? join(tmpdir(), 'steward-screenshots');

export function launch() {
  mkdirSync(screenshots, { recursive: true });
  return chromium.launch({ executablePath, args });
}

/** Requests of each page that have not been answered in full. */
const underway = new WeakMap();

function follow(page) {
  const open = new Set();
  underway.set(page, open);
  // The stream of what changes stays open for as long as the page.
  page.on('request', (request) => request.url().includes('/api/v1/stream') || open.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => open.delete(request));
}

/** Waits until nothing that was asked for is missing, and stays so for a moment: 0.3 seconds. */
export async function settle(page) {
  const open = underway.get(page);
  const end = Date.now() + Number(process.env.E2E_TIMEOUT ?? 15_000);
  for (let calm = 0; calm < 3; ) {
    if (Date.now() > end) throw new Error(`still waiting for ${[...open].map((request) => request.url()).join(', ')}`);
    calm = open.size === 0 ? calm + 1 : 0;
    await page.waitForTimeout(100);
  }
}

/** A new page that notes what must not happen: console errors, failed scripts, breaches of the policy. */
export async function newPage(browser, url, options = {}) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(Number(process.env.E2E_TIMEOUT ?? 15_000));
  const page = await context.newPage();
  follow(page);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself reports every answer that is an error; those are part of the tests.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      troubles.push(`console: ${message.text()}`);
    }
  });
  return { page, context, troubles };
}

/** Signs in through the form, as a person would. */
export async function signIn(page, email, password = PASSWORD) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address or username').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}

export function shoot(page, name) {
  return page.screenshot({ path: join(screenshots, `${name}.png`) });
}
