import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();

test('before a role is saved, it says who gains or loses what', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/roles');
  await page.getByRole('link', { name: 'Agent', exact: true }).click();
  await page.getByRole('region', { name: 'What the role allows now' }).first().waitFor();
  const escalate = page.getByRole('radiogroup', { name: 'Escalate tickets' });
  await escalate.getByText('No', { exact: true }).click();
  await page.getByRole('radiogroup', { name: 'Add people' }).getByText('Yes', { exact: true }).click();
  const effect = page.getByRole('region', { name: 'What saving would change' }).first();
  await effect.getByText(/\d+ people would be affected/).waitFor();
  await effect.getByText('The role gains').waitFor();
  await effect.getByText('The role loses').waitFor();
  await effect
    .getByText(/^\+? ?Add people/)
    .first()
    .waitFor();
  await effect.getByRole('link', { name: 'Noor Bakker' }).waitFor();
  await shoot(page, 'admin-role-effect');
  const api = await signInToApi(server.url, 'admin@example.com');
  const role = async () => (await api('GET', '/roles')).data.find((each) => each.name === 'agent');
  assert.ok((await role()).permissions.includes('ticket:escalate:all'), 'nothing is saved yet');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. It counts from the next click of its holders.').waitFor();
  await page.getByRole('region', { name: 'What the role allows now' }).first().waitFor();
  const { permissions } = await role();
  assert.ok(!permissions.includes('ticket:escalate:all'));
  assert.ok(permissions.includes('user:create:all'));
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a role is added with the rights of another, and deleted, by keyboard only', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/roles');
  await page.getByRole('link', { name: 'Agent', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Add a role' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Add a role' }).waitFor();
  await page.keyboard.type('Night shift');
  assert.equal(await page.getByLabel('Name').inputValue(), 'night_shift');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'night shift', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Delete the role' }).focus();
  await page.keyboard.press('Enter');
  const sure = page.getByRole('dialog', { name: 'Delete the role night shift?' });
  await sure.getByText('Nobody holds it.').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('The role night shift is gone.').waitFor();
  await page.waitForURL('**/admin/roles');
  assert.deepEqual(troubles, []);
  await context.close();
});
