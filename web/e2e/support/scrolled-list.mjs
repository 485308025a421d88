import { newPage, settle, signIn } from './browser.mjs';

/** The list of all tickets, turned by the wheel until INC-000035 stands in it; `place` tells how far. */
export async function scrolledList(browser, url) {
  const open = await newPage(browser, url, { viewport: { width: 1440, height: 900 } });
  const { page } = open;
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/tickets?view=all&sort=number');
  await page.locator('tr[data-row]').first().hover();
  await settle(page);
  await page.mouse.wheel(0, 1000);
  await page.locator('tr[data-row="INC-000035"]').waitFor();
  await settle(page);
  const place = () => page.evaluate(() => document.querySelector('table').parentElement.scrollTop);
  return { ...open, place };
}
