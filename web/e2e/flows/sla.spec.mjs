import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'admin@example.com');

/** Presses Tab until something of this name has the focus. */
async function tabTo(page, name) {
  for (let step = 0; step < 120; step += 1) {
    const found = await page.evaluate(() => {
      const { activeElement: element } = document;
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
    });
    if (name instanceof RegExp ? name.test(found) : found.trim() === name) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never came to ${name}`);
}

test('an agent reads by keyboard why a clock stands where it does', async () => {
  const ticket = await api('POST', '/incidents', {
    title: 'The badge reader is dark',
    impact: 'high',
    urgency: 'high',
  });
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto(`/agent/incidents/${ticket.number}`);
  const clocks = page.getByRole('group', { name: 'Service levels' });
  await clocks
    .getByRole('img', { name: /Service level, Resolution: .* left(, outside working hours)?\. Target/ })
    .waitFor();
  await shoot(page, 'sla-chips');
  await tabTo(page, 'Why?');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /Service levels/ });
  const resolution = dialog.getByRole('table', { name: 'Service level, Resolution' });
  await resolution.getByText('Counted').first().waitFor();
  await dialog
    .getByText(/counts by “Standard”, version 1/)
    .first()
    .waitFor();
  await shoot(page, 'sla-explain');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  // On hold the clock waits, and says so.
  await api('POST', `/tickets/${ticket.number}/start`, {});
  await api('POST', `/tickets/${ticket.number}/hold`, { reason: 'The part is on its way' });
  await page.reload();
  await clocks.getByText(/Resolution: paused, .* left/).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('outside working hours a clock says that it does not count', async () => {
  const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  const other = days[(new Date().getUTCDay() + 3) % 7];
  const calendar = await api('POST', '/sla/calendars', {
    name: 'Not today',
    time_zone: 'UTC',
    weekly: { [other]: [['09:00', '17:00']] },
    holidays: [],
  });
  const target = { resolution_minutes: 240 };
  const policy = await api('POST', '/sla/policies', {
    name: 'Not today',
    agreement: 'sla',
    calendar_id: calendar.id,
    targets: { critical: target, high: target, medium: target, low: target },
  });
  const ticket = await api('POST', '/incidents', { title: 'The projector hums' });
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto(`/agent/incidents/${ticket.number}`);
  const clocks = page.getByRole('group', { name: 'Service levels' });
  await clocks.getByText('Resolution: 4 hr left, outside working hours').waitFor();
  await clocks.getByRole('img', { name: /It counts again from .*9:00/ }).waitFor();
  await shoot(page, 'sla-outside-hours');
  await api('DELETE', `/sla/policies/${policy.id}`);
  await context.close();
});

test('an administrator builds a calendar with a split shift and holidays from a file', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/calendars');
  await page.getByRole('button', { name: 'Add a calendar' }).click();
  await page.getByRole('heading', { name: 'New calendar', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Split shifts');
  await page.getByRole('radio', { name: 'At certain hours' }).check();
  await page.getByRole('button', { name: 'Add hours on Saturday' }).click();
  await page.getByRole('button', { name: 'Add hours on Saturday' }).click();
  for (const [name, value] of [
    ['Saturday: opens, 1', '08:00'],
    ['Saturday: closes, 1', '12:00'],
    ['Saturday: opens, 2', '13:00'],
    ['Saturday: closes, 2', '15:00'],
  ]) {
    await page.getByLabel(name).fill(value);
  }
  const file = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART;VALUE=DATE:20271226',
    'SUMMARY:Boxing Day',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'holidays.ics', mimeType: 'text/calendar', buffer: Buffer.from(file) });
  await page.getByText('1 date was read. Save to keep it.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Running clocks keep').waitFor();
  await page.getByRole('heading', { name: 'Split shifts', level: 1 }).waitFor();
  const openings = page.getByRole('region', { name: 'Next openings' });
  await openings
    .getByText(/1:00.*3:00.PM/)
    .first()
    .waitFor();
  await page.getByText(/^Due /).waitFor();
  assert.deepEqual(await findings(page), []);
  await shoot(page, 'sla-calendar');
  const saved = (await api('GET', '/sla/calendars')).data.find((each) => each.name === 'Split shifts');
  assert.deepEqual(saved.weekly.saturday, [
    ['08:00', '12:00'],
    ['13:00', '15:00'],
  ]);
  assert.deepEqual(saved.holidays, [{ date: '2027-12-26', name: 'Boxing Day' }]);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a policy says what happens, keeps it, and is ordered by keyboard', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/policies');
  await page.getByRole('button', { name: 'Add a policy' }).click();
  await page.getByRole('heading', { name: 'New policy', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Gold');
  const rules = page.getByRole('table', { name: 'Reminders and escalation' });
  await rules.waitFor();
  await page.getByRole('button', { name: 'Add a threshold' }).click();
  const half = rules.getByRole('checkbox', { name: '50 % used up: Give to the team lead' });
  await half.focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Add a time before it is due' }).click();
  await rules.getByLabel('Before it is due 1: time').fill('45m');
  await rules.getByRole('checkbox', { name: '45m before it is due: Tell the managers' }).focus();
  await page.keyboard.press('Space');
  await rules.getByRole('switch', { name: 'In progress without a word for' }).focus();
  await page.keyboard.press('Space');
  await rules.getByLabel('Nobody takes it up within: time').fill('2h');
  await page.getByText(/It matches \d+ open tickets? right now/).waitFor();
  assert.deepEqual(await findings(page), []);
  await shoot(page, 'sla-policy');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. Running clocks keep').waitFor();
  const saved = (await api('GET', '/sla/policies')).data.find((each) => each.name === 'Gold');
  assert.deepEqual(
    saved.escalation.thresholds.map((each) => [each.percent, each.actions.assigns_lead]),
    [
      [50, true],
      [75, false],
      [90, false],
      [100, false],
    ],
  );
  assert.deepEqual(
    saved.escalation.before_due.map((each) => [each.minutes, each.actions.tells]),
    [[45, ['managers']]],
  );
  assert.equal(saved.escalation.no_response.after_minutes, 120);
  assert.equal(saved.escalation.no_update, null);

  await page.goto('/admin/policies');
  const order = () => page.getByRole('listitem').getByRole('link').allTextContents();
  await page.getByRole('link', { name: 'Gold' }).waitFor();
  const before = await order();
  await tabTo(page, 'Actions for Gold');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Move down' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await tabToItem(page, 'Move down');
  await page.keyboard.press('Enter');
  await page.getByText(/Gold is number 2 now/).waitFor();
  await page.waitForFunction((first) => document.querySelector('ol li a')?.textContent !== first, before[0]);
  assert.notDeepEqual(await order(), before);
  assert.deepEqual(troubles, []);
  await context.close();
});

/** Walks a menu with the arrow until this item has the focus. */
async function tabToItem(page, name) {
  for (let step = 0; step < 8; step += 1) {
    if ((await page.evaluate(() => document.activeElement?.textContent)) === name) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`the menu has no ${name}`);
}

test('what if: other targets are tried on past tickets, and nothing is changed', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/insights/sla');
  await page.getByRole('link', { name: 'What if?' }).click();
  await page.getByRole('heading', { name: 'What if?', level: 1 }).waitFor();
  const before = await api('GET', '/sla/policies');
  await page.getByLabel('Policy or calendar').selectOption({ label: 'Standard' });
  for (const priority of ['Critical', 'High', 'Medium', 'Low']) {
    await page.getByLabel(`${priority}: Resolution`).fill('1m');
  }
  await page.getByText('90 days', { exact: true }).click();
  await page.getByRole('button', { name: 'Compare' }).focus();
  await page.keyboard.press('Enter');
  const result = page.getByRole('status', { name: 'Comparison' });
  await result.getByText(/tickets were compared\. \d+ would have come out differently/).waitFor();
  await result.getByText(/▼ -\d/).first().waitFor();
  const differing = result.getByRole('region', { name: 'Tickets that differ' }).getByRole('row');
  assert.ok((await differing.count()) > 10, 'tickets that differ');
  assert.deepEqual(await findings(page), []);
  await shoot(page, 'sla-what-if');
  await page.getByLabel('Low: Resolution').fill('2m');
  await page.getByText('You have changed something since').waitFor();
  assert.deepEqual(await api('GET', '/sla/policies'), before);

  // A calendar, from its editor, with what is not saved.
  const calendars = await api('GET', '/sla/calendars');
  const office = calendars.data.find((each) => each.name === 'Office hours');
  await page.goto(`/admin/calendars/${office.id}`);
  await page.getByRole('radio', { name: 'Day and night' }).check();
  await page.getByRole('button', { name: 'Compare' }).click();
  await page
    .getByRole('status', { name: 'Comparison' })
    .getByText(/were compared/)
    .waitFor();
  assert.deepEqual(await api('GET', '/sla/calendars'), calendars);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a report of service levels leads from a number to its tickets', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/insights/sla?period=90d');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByLabel('Grouped by').selectOption('team');
  await page.waitForURL('**group_by=team**');
  const drill = page.getByRole('link', { name: /^Show \d+ tickets? of / }).first();
  await drill.waitFor();
  await shoot(page, 'sla-report');
  await drill.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/agent/tickets**');
  await page.getByRole('row').nth(1).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the what-if page and the policy editor fit a phone', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, context } = await newPage(browser, server.url, {
      viewport: { width: 390, height: 844 },
      colorScheme,
    });
    await signIn(page, 'admin@example.com');
    const policy = (await api('GET', '/sla/policies')).data.find((each) => each.name === 'Standard');
    for (const [name, path] of [
      ['what-if', '/insights/what-if'],
      ['policy', `/admin/policies/${policy.id}`],
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'Targets' }).waitFor();
      if (name === 'what-if') {
        await page.getByRole('button', { name: 'Compare' }).click();
        await page.getByRole('status', { name: 'Comparison' }).waitFor();
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
      await shoot(page, `sla-${name}-390-${colorScheme}`);
    }
    await context.close();
  }
});
