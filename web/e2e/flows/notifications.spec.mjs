// What people are told: choosing it, muting a ticket, seeing who was told, wording the mails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();

/** What the server holds of a person's choices. */
async function chosen(email) {
  const api = await signInToApi(server.url, email);
  return api('GET', '/notification-preferences');
}

test('someone chooses what they get, reads what it means, and takes a choice back', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/profile?section=notifications');
  const preview = page.getByTestId('what-you-get');
  await preview.getByText('Within minutes: a mail about').waitFor();
  await page.getByLabel('Mail: Someone writes').selectOption({ label: 'Once a day' });
  await preview.getByText('At 08:00: one mail about answers.').waitFor();
  await page.getByText('Saved.').waitFor();
  assert.equal((await chosen('agent@example.com')).email.commented, 'daily');
  await page.getByRole('button', { name: 'Undo' }).click();
  await preview.getByText('At 08:00').waitFor({ state: 'hidden' });
  assert.equal((await chosen('agent@example.com')).email.commented, 'soon');

  await page.getByLabel('Inbox: It is closed').press('Space');
  await preview.getByText('The inbox does not show closed tickets.').waitFor();
  await page.getByLabel('Quiet hours').press('Space');
  await preview.getByText('Nothing between 22:00 and 07:00').waitFor();
  const until = page.getByRole('textbox', { name: 'Until' });
  await until.fill('22:00');
  await page.getByText('Give two different times of day').waitFor();
  await until.fill('06:30');
  await until.press('Enter');
  await preview.getByText('Nothing between 22:00 and 06:30').waitFor();
  await settle(page);
  assert.deepEqual((await chosen('agent@example.com')).quiet_hours, { from: '22:00', until: '06:30' });
  await shoot(page, 'notifications-preferences');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot(page, 'notifications-preferences-dark');
  await page.reload();
  await preview.getByText('Nothing between 22:00 and 06:30').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('on a phone a requester sees only what can reach them, and mutes a request', async () => {
  const [number] = await report(server.url, 'The printer hums');
  const { page, context, troubles } = await newPage(browser, server.url, { viewport: { width: 390, height: 844 } });
  await signIn(page, 'user@example.com');
  await page.goto(`/portal/requests/${number}`);
  await page.getByRole('button', { name: 'Mute' }).click();
  await page.getByText(`${number} is muted.`).waitFor();
  await page.goto('/portal/profile?section=notifications');
  await page.getByLabel('Mail: Someone writes').waitFor();
  assert.equal(await page.getByLabel('Mail: A ticket becomes yours').count(), 0);
  assert.equal(await page.getByLabel('Inbox: Someone writes').count(), 0);
  await page.getByRole('button', { name: `Unmute ${number}` }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  await shoot(page, 'notifications-phone');
  await page.getByRole('button', { name: `Unmute ${number}` }).click();
  await page.getByText('No ticket is muted.').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('an agent mutes by the palette and sees who was told; the log is narrowed to the ticket', async () => {
  const [number] = await report(server.url, 'The scanner stops');
  const agent = await signInToApi(server.url, 'agent@example.com');
  await agent('POST', `/tickets/${number}/comments`, { body: 'We look at it.', visibility: 'public' });
  const { page, context, troubles, excuse } = await newPage(browser, server.url);
  // Typed as a filter, and said to be no ticket.
  excuse(/404 of GET .*INC-999999/);
  await signIn(page, 'admin@example.com');
  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('button', { name: 'More', exact: true }).waitFor();
  await page.keyboard.press('.');
  await page.getByRole('textbox', { name: 'Command palette' }).fill('who was told');
  await page.getByText('Who was told?').last().waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Who was told of ${number}?` });
  await dialog.getByText('Lea Fontaine').waitFor();
  await dialog.getByText('Waiting').waitFor();
  await shoot(page, 'notifications-told');
  await dialog.getByRole('link', { name: 'Open in the delivery log' }).click();
  await page.getByRole('heading', { name: 'Deliveries', level: 1 }).waitFor();
  await page.waitForFunction((text) => document.querySelector('input[aria-label="Ticket"]')?.value === text, number);
  await page.getByRole('region', { name: 'Newest first' }).getByText('Lea Fontaine').waitFor();
  await shoot(page, 'notifications-log');
  await page.getByRole('button', { name: 'State' }).click();
  await page.getByRole('menuitemradio', { name: 'Given up' }).click();
  await page.getByText('Nothing matches').waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('textbox', { name: 'Ticket' }).fill('INC-999999');
  await page.getByRole('textbox', { name: 'Ticket' }).press('Enter');
  await page.getByText('There is no such ticket').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export' }).click()]);
  assert.equal(file.suggestedFilename(), 'deliveries.csv');

  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Mute' }).click();
  await page.getByText(`${number} is muted.`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Undone.').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('an administrator words a mail, sees it on a real ticket, is told what is wrong, and goes back', async () => {
  const [number] = await report(server.url, 'The beamer is dark');
  const agent = await signInToApi(server.url, 'agent@example.com');
  await agent('POST', `/tickets/${number}/comments`, { body: 'A **new lamp** is on its way.', visibility: 'public' });
  const { page, context, troubles } = await newPage(browser, server.url, { viewport: { width: 1440, height: 1000 } });
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/notification-templates');
  await page.getByRole('link', { name: 'The letter' }).waitFor();
  await shoot(page, 'templates-list');
  await page.getByRole('link', { name: 'Someone writes' }).click();
  await page.getByLabel('On ticket').fill(number);
  await page.getByLabel('On ticket').press('Enter');
  await page.getByTestId('preview-subject').getByText(`[${number}] The beamer is dark`).waitFor();
  const mail = page.frameLocator('iframe[title="The mail as a page"]');
  await mail.locator('strong', { hasText: 'new lamp' }).waitFor();
  await shoot(page, 'templates-editor');
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Dark').click();
  await mail.locator('strong', { hasText: 'new lamp' }).waitFor();
  const colour = await mail.locator('.sheet').evaluate((sheet) => getComputedStyle(sheet).backgroundColor);
  assert.equal(colour, 'rgb(29, 33, 41)');
  await shoot(page, 'templates-preview-dark');

  const text = page.getByRole('textbox', { name: 'Plain text', exact: true });
  await text.fill('Good news.\n{{ commment }}');
  await page.getByText('Line 2, column 4: undefined value').waitFor();
  await shoot(page, 'templates-fault');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForFunction(() => document.activeElement?.selectionStart === 14);
  await text.fill('Good news: ');
  await page.getByRole('button', { name: 'Insert a value into Plain text' }).click();
  await page.getByRole('menuitem', { name: /^comment What was said/ }).click();
  await page.waitForFunction(() => document.activeElement?.value?.includes('{{ comment }}'));
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Text').click();
  await page.getByText('Good news: A **new lamp**').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The template is saved.').waitFor();
  await page.getByRole('region', { name: 'History' }).getByText('Version 1 by').waitFor();

  await page.getByRole('button', { name: 'Built-in words' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Built-in words' }).click();
  await page.getByText('The built-in words are used again.').waitFor();
  await page.getByRole('region', { name: 'History' }).getByText('Version 2: built-in words').waitFor();
  assert.ok((await text.inputValue()).includes('wrote'));
  await page.getByRole('button', { name: 'Take up version 1' }).click();
  assert.ok((await text.inputValue()).startsWith('Good news'));
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  await shoot(page, 'templates-phone');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('an administrator words a short message and one to Slack, and sees how long it is', async () => {
  const [number] = await report(server.url, 'The scanner hums');
  const agent = await signInToApi(server.url, 'agent@example.com');
  await agent('POST', `/tickets/${number}/comments`, { body: 'A technician comes at ten.', visibility: 'public' });
  const { page, context, troubles } = await newPage(browser, server.url, { viewport: { width: 1440, height: 900 } });
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/notification-templates');
  await page.getByRole('combobox', { name: 'Channel' }).click();
  await page.getByRole('option', { name: 'Short message' }).click();
  await page.getByRole('link', { name: 'The message' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'It is closed' }).count(), 0, 'no short message is sent of it');
  await shoot(page, 'templates-sms-list');
  await page.getByRole('link', { name: 'Someone writes' }).click();
  await page.getByLabel('On ticket').fill(number);
  await page.getByLabel('On ticket').press('Enter');
  await page.getByText(`${number} The scanner hums: `).getByText('A technician comes at ten.').waitFor();
  await page.getByTestId('preview-length').getByText('1 of at most 3 parts').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Subject' }).count(), 0);
  const text = page.getByRole('textbox', { name: 'Plain text', exact: true });
  await text.fill('ł {{ actor }}: {{ comment }}');
  await page.getByTestId('preview-length').getByText('2 of at most 3 parts').waitFor();
  await shoot(page, 'templates-sms');
  await text.fill('{{ actor }} wrote');
  await page.getByText('it leaves out what was said').waitFor();
  await text.fill('{{ actor }}, {{ comment }}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The template is saved.').waitFor();

  await page.goto('/admin/notification-templates?medium=slack&language=de');
  await page.getByRole('link', { name: 'It comes to the team' }).click();
  await page.getByText('hat es dem Team gebracht').last().waitFor();
  await page.getByText('Under the text, a link to').waitFor();
  assert.equal(await page.getByTestId('preview-length').getByText('parts').count(), 0);
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  await shoot(page, 'templates-slack-phone');
  await page.goto('/admin/notification-templates?medium=slack');
  await page.getByRole('link', { name: 'It comes to the team' }).waitFor();
  await shoot(page, 'templates-list-phone');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('an administrator sets up the chat of a team, is told what is missing, tries it and switches it off', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/notification-channels');
  await page.getByText('No channels yet').waitFor();
  await page.getByRole('button', { name: 'Add a channel' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByLabel('Name').fill('Network chat');
  await dialog.getByLabel('Address').fill('http://127.0.0.1:9/hook');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('must lead to a public address').first().waitFor();
  await shoot(page, 'channels-refused');
  await dialog.getByLabel('Address').fill('https://hooks.invalid/services/T0/B0/x');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('name the team').first().waitFor();
  await dialog.getByRole('combobox', { name: 'Team' }).click();
  await page.locator('[role=listbox] [role=option]').first().click();
  await dialog.getByLabel('It comes to the team').press('Space');
  await dialog.getByRole('switch', { name: 'On' }).press('Space');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The channel is saved.').waitFor();
  await page.getByText('hooks.invalid').waitFor();
  await page.getByRole('button', { name: 'Send a test by Network chat' }).click();
  await page.getByText('The test was not taken').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${wide} pixels too wide`);
  await shoot(page, 'channels-phone');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Remove Network chat' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No channels yet').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});
