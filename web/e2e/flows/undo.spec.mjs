import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { newPage, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent@example.com');
const numbers = await report(server.url, 'Step back', 'Fields back', 'Draft back', 'Touched', 'Late back');

async function open(number) {
  const visitor = await newPage(browser, server.url);
  await signIn(visitor.page, 'agent@example.com');
  await visitor.page.goto(`/agent/incidents/${number}`);
  await visitor.page.getByRole('button', { name: 'Assign to me' }).waitFor();
  return visitor;
}

const undone = (page) => page.getByText('Undone.').first().waitFor();

test('a step is taken back with z, an assignment with Ctrl and Z, a resolution with the button', async () => {
  const number = numbers[0];
  const { page, context, troubles } = await open(number);
  await page.keyboard.press('m');
  await page.getByText(`${number} is assigned.`).waitFor();
  await page.keyboard.press('Control+z');
  await undone(page);
  assert.equal((await api('GET', `/tickets/${number}`)).assignee, null);
  await page.reload();
  await page.getByRole('button', { name: 'Start work' }).click();
  await page.getByText(`Work on ${number} has started.`).waitFor();
  await page.keyboard.press('z');
  await undone(page);
  assert.equal((await api('GET', `/tickets/${number}`)).status, 'new');
  await page.reload();
  await page.getByRole('button', { name: 'Start work' }).click();
  await page.getByText(`Work on ${number} has started.`).waitFor();
  await page.getByRole('button', { name: 'Resolve' }).waitFor();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: `Resolve: ${number}` });
  await dialog.waitFor();
  await page.keyboard.type('restarted it');
  await page.keyboard.press('Control+Enter');
  await page.getByText(`${number} is resolved.`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await undone(page);
  const ticket = await api('GET', `/tickets/${number}`);
  assert.deepEqual([ticket.status, ticket.resolved_at, ticket.resolution_note], ['in_progress', null, null]);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a changed field is put back, and Ctrl and Z in a text stays with the text', async () => {
  const number = numbers[1];
  const { page, context } = await open(number);
  await page.getByRole('button', { name: /Change Impact/ }).click();
  await page.getByRole('menuitem', { name: 'Low' }).click();
  await page.getByText('Saved.').waitFor();
  await page.keyboard.press('c');
  const field = page.getByRole('textbox', { name: 'Public reply' });
  await field.pressSequentially('abc');
  await page.keyboard.press('Control+z');
  assert.equal((await api('GET', `/tickets/${number}`)).impact, 'low');
  await page.getByRole('button', { name: 'Undo' }).click();
  await undone(page);
  assert.equal((await api('GET', `/tickets/${number}`)).impact, 'medium');
  await context.close();
});

test('a draft that was thrown away comes back', async () => {
  const { page, context } = await open(numbers[2]);
  await page.keyboard.press('i');
  const note = page.getByRole('textbox', { name: 'Internal note' });
  await note.fill('Half a thought');
  await page.getByText('Draft saved').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  await note.waitFor({ state: 'detached' });
  await page.keyboard.press('z');
  await page.getByRole('button', { name: 'Continue your draft' }).click();
  assert.equal(await note.inputValue(), 'Half a thought');
  await page.getByText('Draft saved').waitFor();
  await context.close();
});

test('what someone else has touched since is not taken back, and the reason is told', async () => {
  const number = numbers[3];
  const { page, context } = await open(number);
  await page.getByRole('button', { name: 'Start work' }).click();
  await page.getByText(`Work on ${number} has started.`).waitFor();
  const jonas = await signInToApi(server.url, 'agent2@example.com');
  await jonas('PATCH', `/tickets/${number}`, { title: 'Touched by Jonas' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(/someone changed the ticket since/).waitFor();
  assert.equal((await api('GET', `/tickets/${number}`)).status, 'in_progress');
  await context.close();
});

test('eight seconds later a step, an assignment, a closing and a change of many can still be taken back', async () => {
  const number = numbers[4];
  const { page, context, troubles } = await newPage(browser, server.url);
  await page.clock.install();
  await signIn(page, 'agent@example.com');
  const later = async () => {
    await page.clock.fastForward(8_000);
    await page.keyboard.press('z');
    await undone(page);
    await page.clock.fastForward(20_000);
    await page.getByText('Undone.').first().waitFor({ state: 'detached' });
  };
  const ticket = () => api('GET', `/tickets/${number}`);
  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('button', { name: 'Assign to me' }).waitFor();
  await page.keyboard.press('m');
  await page.getByText(`${number} is assigned.`).waitFor();
  await later();
  assert.equal((await ticket()).assignee, null);

  await page.getByRole('button', { name: 'Start work' }).click();
  await page.getByText(`Work on ${number} has started.`).waitFor();
  await later();
  assert.equal((await ticket()).status, 'new');

  await page.goto('/agent/tickets?view=all&search=Late%20back');
  await page.locator(`tr[data-row="${number}"]`).focus();
  await page.keyboard.press('x');
  await page.getByRole('toolbar', { name: 'Selected tickets' }).waitFor();
  await page.keyboard.press('t');
  const tags = page.getByRole('dialog', { name: /^Tags/ });
  await tags.getByLabel('Add tags').fill('late');
  await page.keyboard.press('Enter');
  await tags.getByRole('button', { name: 'Change tags' }).click();
  await page.getByText('1 ticket changed.').waitFor();
  assert.deepEqual((await ticket()).tags, ['late']);
  await later();
  assert.deepEqual((await ticket()).tags, []);

  await api('POST', `/tickets/${number}/assign`, { assignee_id: (await api('GET', '/users/me')).id });
  await api('POST', `/tickets/${number}/start`, {});
  await api('POST', `/tickets/${number}/resolve`, { resolution_code: 'solved', resolution_note: 'done' });
  await page.goto(`/agent/incidents/${number}`);
  await page.getByRole('button', { name: 'Close', exact: true }).first().click();
  await page.getByText(`${number} is closed.`).waitFor();
  await later();
  assert.equal((await ticket()).status, 'resolved');
  assert.deepEqual(troubles, []);
  await context.close();
});
