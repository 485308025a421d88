import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { newPage, settle, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { scrolledList } from '../support/scrolled-list.mjs';

const { server, browser } = await startDesk();
const numbers = await report(server.url, 'Screens 1', 'Screens 2', 'Screens 3', 'Screens 4');

test('an address shows someone else the same rows, order and ticket; ] and [ walk the list beside it', async () => {
  const open = async () => {
    const visitor = await newPage(browser, server.url, { viewport: { width: 1440, height: 900 } });
    await signIn(visitor.page, 'agent@example.com');
    return visitor;
  };
  const rows = (page) => page.locator('tr[data-row]').evaluateAll((all) => all.map((row) => row.dataset.row));
  const mine = await open();
  await mine.page.goto('/agent/tickets?view=all');
  await mine.page.getByRole('searchbox', { name: 'Search tickets' }).fill('screens');
  await mine.page.waitForURL('**search=screens*');
  await mine.page.getByRole('button', { name: 'Number' }).click();
  await mine.page.waitForURL('**sort=*number*');
  await mine.page.locator('tr[data-row]').nth(3).waitFor();
  await settle(mine.page);
  const shown = await rows(mine.page);
  assert.deepEqual(shown.toSorted(), numbers.toSorted());
  await mine.page.locator(`tr[data-row="${shown[0]}"]`).focus();
  await mine.page.keyboard.press('Enter');
  for (const number of shown.slice(1)) {
    await mine.page.keyboard.press(']');
    await mine.page.waitForURL(`**peek=${number}*`);
  }
  await mine.page.keyboard.press('[');
  await mine.page.waitForURL(`**peek=${shown[2]}*`);

  const theirs = await open();
  await theirs.page.goto(mine.page.url());
  await theirs.page.getByRole('region', { name: new RegExp(shown[2]) }).waitFor();
  await theirs.page.locator('tr[data-row]').nth(3).waitFor();
  await settle(theirs.page);
  assert.deepEqual(await rows(theirs.page), shown);
  await mine.context.close();
  await theirs.context.close();
});

test('] ten times shows ten tickets and the list stays where it is; the line between them is moved by arrow keys and kept', async () => {
  const { page, context, troubles, place } = await scrolledList(browser, server.url);
  await page.locator('tr[data-row="INC-000035"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**peek=INC-000035*');
  await settle(page);
  const before = await place();
  const seen = new Set();
  for (let step = 1; step <= 10; step += 1) {
    const was = new URL(page.url()).searchParams.get('peek');
    await page.keyboard.press(']');
    await page.waitForURL((url) => url.searchParams.get('peek') !== was);
    const number = new URL(page.url()).searchParams.get('peek');
    await page.getByRole('region', { name: new RegExp(number) }).waitFor();
    seen.add(number);
  }
  assert.equal(seen.size, 10);
  const rowHeight = 36;
  const after = await place();
  assert.ok(Math.abs(after - before) <= 10 * rowHeight, `from ${before} to ${after}`);
  const isInView = (number) =>
    page.locator(`tr[data-row="${number}"]`).evaluate((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      const view = row.closest('table').parentElement.getBoundingClientRect();
      return top >= view.top && bottom <= view.bottom;
    });
  assert.ok(await isInView([...seen].at(-1)), 'the ticket that is open is in sight in the list');

  const line = page.getByRole('separator').last();
  const width = () => line.evaluate((element) => element.previousElementSibling.getBoundingClientRect().width);
  const narrow = await width();
  await line.focus();
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
  const wide = await width();
  assert.ok(wide > narrow + 40, `from ${narrow} to ${wide}`);
  await page.reload();
  await line.waitFor();
  await settle(page);
  assert.ok(Math.abs((await width()) - wide) < 4, 'the size is kept');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the first paint has the colours that were chosen, before any program is there', async () => {
  const { page, context } = await newPage(browser, server.url, { colorScheme: 'dark' });
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.locator('#root').waitFor({ state: 'attached' });
  assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
  const background = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.match(background, /dark/);
  // What is on the screen, not what the styles say.
  const shot = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
  const reader = await context.newPage();
  const brightest = await reader.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const paper = canvas.getContext('2d');
    paper.drawImage(image, 0, 0);
    return Math.max(...paper.getImageData(10, 10, 200, 200).data.filter((_, index) => index % 4 !== 3));
  }, shot);
  assert.ok(brightest < 64, `the brightest point is ${brightest} of 255`);
  await context.close();
});

test('times are in the zone and the language of who reads them', async () => {
  const titles = [];
  for (const [timezoneId, locale] of [
    ['Asia/Tokyo', 'en-US'],
    ['America/New_York', 'de-DE'],
  ]) {
    const { page, context } = await newPage(browser, server.url, { timezoneId, locale });
    const api = await signInToApi(server.url, 'user@example.com');
    const { created_at: at } = await api('GET', `/tickets/${numbers[0]}`);
    await page.goto('/sign-in');
    await page.locator('input[name=username], input[autocomplete=username]').fill('user@example.com');
    await page.locator('input[type=password]').fill('steward-demo-harbour-42');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/portal');
    await page.goto(`/portal/requests/${numbers[0]}`);
    const time = page.locator(`time[datetime="${at}"]`).first();
    await time.waitFor();
    const title = await time.getAttribute('title');
    const hour = new Intl.DateTimeFormat(locale, { timeZone: timezoneId, hour: 'numeric', minute: '2-digit' });
    assert.ok(
      title.replaceAll(' ', ' ').includes(hour.format(Date.parse(at)).replaceAll(' ', ' ')),
      `${title} says the time of ${timezoneId}`,
    );
    titles.push(title);
    await context.close();
  }
  assert.notEqual(titles[0], titles[1]);
});

test('a clock runs on the screen without asking the server, and turns when its time is up', async () => {
  const admin = await signInToApi(server.url, 'admin@example.com');
  const calendars = (await admin('GET', '/sla/calendars')).data;
  const always = calendars.find((each) => each.name === 'Day and night');
  const target = { resolution_minutes: 60 };
  const policy = await admin('POST', '/sla/policies', {
    name: 'An hour',
    agreement: 'sla',
    calendar_id: always.id,
    targets: { critical: target, high: target, medium: target, low: target },
  });
  const { number } = await admin('POST', '/incidents', { title: 'The clock runs' });
  const { page, context } = await newPage(browser, server.url);
  await page.clock.install();
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${number}`);
  const clock = page.getByRole('group', { name: 'Service levels' }).getByRole('img', { name: /Resolution/ });
  await clock.and(page.locator('[data-sla=running]')).waitFor();
  await page.clock.fastForward('55:00');
  await clock.and(page.locator('[data-sla=near]')).waitFor();
  await clock.focus();
  await page.getByRole('tooltip', { name: /Target: 1 hour .*\. Due/ }).waitFor();
  assert.match(await clock.getAttribute('aria-label'), /Resolution: [345] min left\. Target: 1 hour .*\. Due/);
  await page.clock.fastForward('06:00');
  await clock.and(page.locator('[data-sla=breached]')).waitFor();
  await admin('DELETE', `/sla/policies/${policy.id}`);
  await context.close();
});
