import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();

test('an incident goes from the phone of its requester through the hands of an agent to its end', async () => {
  const phone = await newPage(browser, server.url, { viewport: { width: 390, height: 780 }, hasTouch: true });
  await signIn(phone.page, 'user@example.com');
  await phone.page.getByRole('link', { name: 'Report a problem' }).first().tap();
  // The search of the page before has the same label.
  await phone.page.getByRole('heading', { name: 'Report a problem' }).waitFor();
  await phone.page.getByLabel('What is wrong?').fill('The scanner on floor 3 is offline');
  await phone.page.getByLabel('What happened?').fill('It says **no network** since lunch.');
  await phone.page.getByText('Many people').tap();
  await phone.page.getByRole('button', { name: 'Send' }).tap();
  await phone.page.waitForURL('**/portal/requests/INC-*');
  const number = new URL(phone.page.url()).pathname.split('/').at(-1);
  await phone.page.getByRole('heading', { name: 'The scanner on floor 3 is offline' }).waitFor();
  await phone.page.getByText('Received').first().waitFor();
  assert.equal(await phone.page.locator('.prose strong').innerText(), 'no network');

  const desk = await newPage(browser, server.url);
  await signIn(desk.page, 'agent@example.com');
  await desk.page.goto('/agent/tickets');
  await desk.page.getByRole('link', { name: 'The scanner on floor 3 is offline' }).click();
  const pane = desk.page.getByRole('region', { name: `${number} The scanner on floor 3 is offline` });
  await pane.waitFor();
  await desk.page.getByRole('button', { name: 'Assign to me' }).click();
  await pane.getByText('Priya Raman', { exact: true }).first().waitFor();
  await desk.page.getByRole('button', { name: 'Start work' }).click();
  await desk.page.getByRole('button', { name: 'Internal note' }).click();
  await desk.page.getByRole('textbox', { name: 'Internal note' }).fill('Switch 3B lost its uplink again.');
  await desk.page.getByText('Only people who work on tickets can read this.').waitFor();
  await desk.page.getByRole('button', { name: 'Add note' }).click();
  await pane.getByRole('article').filter({ hasText: 'Switch 3B' }).waitFor();
  await desk.page.getByText('Public reply', { exact: true }).click();
  await desk.page.getByRole('textbox', { name: 'Public reply' }).fill('We found it. Please wait ten minutes.');
  await desk.page.getByText('Lea Fontaine can read this.').waitFor();
  await desk.page.getByRole('button', { name: 'Send reply' }).click();
  await pane.getByRole('article').filter({ hasText: 'Please wait ten minutes' }).waitFor();
  await shoot(desk.page, 'flow-agent-conversation');
  await desk.page.getByRole('button', { name: 'Resolve', exact: true }).click();
  const dialog = desk.page.getByRole('dialog', { name: `Resolve: ${number}` });
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await dialog.getByText('Say what was done').waitFor();
  await dialog.getByLabel('What was done?').fill('The uplink was plugged in again.');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await phone.page.reload();
  await phone.page.getByRole('heading', { name: 'We think this is solved' }).waitFor();
  await phone.page.getByText('The uplink was plugged in again.').first().waitFor();
  await phone.page.getByText('Please wait ten minutes.').waitFor();
  assert.equal(await phone.page.getByText('Switch 3B').count(), 0, 'internal notes stay inside');
  await shoot(phone.page, 'flow-portal-solved');
  await phone.page.getByRole('button', { name: 'Not solved' }).tap();
  const reopen = phone.page.getByRole('dialog', { name: 'Not solved' });
  await reopen.getByLabel('Why?').fill('It is offline again.');
  await reopen.getByRole('button', { name: 'Reopen' }).tap();
  await reopen.waitFor({ state: 'hidden' });
  await phone.page.getByText('Being worked on').first().waitFor();

  await desk.page.goto(`/agent/incidents/${number}`);
  await desk.page.getByText('It is offline again.').first().waitFor();
  await desk.page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await dialog.getByLabel('What was done?').fill('The cable was replaced.');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await phone.page.reload();
  await phone.page.getByRole('button', { name: 'It works' }).tap();
  await phone.page.getByRole('button', { name: 'It works' }).waitFor({ state: 'hidden' });
  await phone.page.getByText('Done').first().waitFor();
  assert.equal(await phone.page.getByLabel('Your answer').count(), 0, 'a finished request takes no answers');

  const api = await signInToApi(server.url, 'agent@example.com');
  const ticket = await api('GET', `/tickets/${number}`);
  assert.equal(ticket.status, 'closed');
  assert.equal(ticket.reopened_count, 1);
  assert.deepEqual([...phone.troubles, ...desk.troubles], []);
  await phone.context.close();
  await desk.context.close();
});
