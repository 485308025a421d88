import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();

const FIRST_PASSWORD = 'copper-lantern-58-river';

async function addPerson(page, { first, last, email, password = FIRST_PASSWORD }) {
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await dialog.getByLabel('First name').fill(first);
  await dialog.getByLabel('Last name').fill(last);
  await dialog.getByLabel('E-mail', { exact: true }).fill(email);
  await dialog.getByLabel('First password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  return dialog;
}

test('an administrator adds a person and a team, gives a role, sees what it allows, and ends the access', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('heading', { name: 'Administration', level: 1 }).waitFor();
  const nav = page.getByRole('navigation', { name: 'Main navigation' });
  await nav.getByRole('link', { name: 'People' }).click();
  const dialog = await addPerson(page, {
    first: 'Nadia',
    last: 'Aalto',
    email: 'nadia@example.com',
    password: 'passwordpassword',
  });
  const password = dialog.getByLabel('First password', { exact: true });
  await page.waitForFunction(() => document.querySelector('[type=password][aria-invalid=true]') !== null);
  assert.ok(await password.evaluate((element) => element === document.activeElement), 'the bad field has the focus');
  await shoot(page, 'admin-field-error');
  await password.fill(FIRST_PASSWORD);
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  await dialog.waitFor({ state: 'hidden' });

  // Words are in the address, and Back takes them away again.
  await page.getByRole('searchbox', { name: 'Search: People' }).fill('aalto');
  await page.waitForURL('**/admin/users?q=aalto');
  await page.getByRole('row', { name: /Nadia Aalto/ }).waitFor();
  await page.getByRole('link', { name: 'Nadia Aalto' }).click();
  await page.getByRole('heading', { name: 'Nadia Aalto', level: 1 }).waitFor();

  // What the role allows, before and after.
  const why = page.getByRole('region', { name: 'Why may Nadia Aalto do something?' });
  await why.getByRole('combobox', { name: 'What is in question?' }).fill('Resolve');
  await page.getByRole('option', { name: 'Resolve tickets' }).click();
  await why.getByText('No, Nadia Aalto may not').waitFor();
  await why.getByText(/These roles would give it: .*Agent/).waitFor();
  await page.getByRole('checkbox', { name: 'Agent' }).check();
  await page.getByText('Not saved yet').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await why.getByText('Yes, Nadia Aalto may').waitFor();
  await why.getByRole('link', { name: 'Agent' }).waitFor();
  await shoot(page, 'admin-why');

  await nav.getByRole('link', { name: 'Teams' }).click();
  await page.getByRole('button', { name: 'Add a team' }).click();
  const team = page.getByRole('dialog', { name: 'Add a team' });
  await team.getByLabel('Name').fill('Databases');
  await team.getByLabel('What it looks after').fill('PostgreSQL, backups');
  await team.getByRole('button', { name: 'Add a team' }).click();
  await page.getByRole('heading', { name: 'Databases', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Add a member' }).click();
  const member = page.getByRole('dialog', { name: 'Add a member to Databases' });
  await member.getByRole('combobox', { name: 'Person' }).fill('Nadia Aa');
  await page.getByRole('option', { name: 'Nadia Aalto' }).click();
  await member.getByRole('button', { name: 'Add a member' }).click();
  await page.getByText('Nadia Aalto is a member of Databases.').waitFor();
  await page.getByRole('button', { name: 'Make lead: Nadia Aalto' }).click();
  await page.getByText('Nadia Aalto leads Databases.').waitFor();
  await page.getByRole('combobox', { name: 'Who gets a ticket' }).click();
  await page.getByRole('option', { name: 'In turn' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').last().waitFor();
  await page.getByRole('button', { name: 'Remove Nadia Aalto from the team' }).click();
  await page.getByText('Nobody in this team yet').waitFor();
  await page.getByText('Nadia Aalto is no longer in Databases.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('link', { name: 'Nadia Aalto' }).waitFor();

  const other = await newPage(browser, server.url);
  await signIn(other.page, 'nadia@example.com', FIRST_PASSWORD);
  await other.page.getByRole('heading', { name: 'My work' }).waitFor();

  await nav.getByRole('link', { name: 'People' }).click();
  await page.getByRole('searchbox', { name: 'Search: People' }).fill('nadia@');
  await page.getByRole('link', { name: 'Nadia Aalto' }).click();
  await page.getByRole('button', { name: 'Deactivate' }).click();
  const sure = page.getByRole('dialog', { name: 'Deactivate Nadia Aalto?' });
  await sure.getByText('Every session of Nadia Aalto ends at once').waitFor();
  await sure.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('button', { name: 'Let sign in again' }).waitFor();

  await other.page.reload();
  await other.page.waitForURL('**/sign-in**');
  assert.deepEqual(troubles, []);
  await other.context.close();
  await context.close();
});

test('unsaved work is guarded, and two who edit the same record choose field by field', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  const api = await signInToApi(server.url, 'admin@example.com');
  const { data } = await api('GET', '/users?search=noor.bakker');
  const noor = data[0];
  await signIn(page, 'admin@example.com');
  await page.goto(`/admin/users/${noor.id}`);
  await page.getByLabel('Phone').fill('+49 30 1');
  await page.getByLabel('First name').fill('Noora');
  await page.getByRole('link', { name: 'People', exact: true }).first().click();
  const guard = page.getByRole('dialog', { name: 'Leave without saving?' });
  await guard.getByRole('button', { name: 'Stay here' }).click();
  await guard.waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('Phone').inputValue(), '+49 30 1');

  // Someone else changes the phone number, and the last name, which nobody here touched.
  await api('PATCH', `/users/${noor.id}`, { phone: '+49 30 2', last_name: 'Bakker-Lund' });
  await page.getByRole('button', { name: 'Save' }).click();
  const choice = page.getByRole('dialog', { name: 'Someone else was faster' });
  await choice.getByText('Saved by the other person: +49 30 2').waitFor();
  assert.equal(await choice.getByRole('radiogroup').count(), 1, 'only the contested field is asked about');
  await shoot(page, 'admin-conflict');
  await choice.getByRole('radio', { name: /^Yours/ }).check();
  await choice.getByRole('button', { name: 'Save the choice' }).click();
  await page.getByRole('heading', { name: 'Noora Bakker-Lund', level: 1 }).waitFor();
  const saved = await api('GET', `/users/${noor.id}`);
  assert.equal(saved.phone, '+49 30 1');
  assert.equal(saved.first_name, 'Noora');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the list of people is filtered, sorted and exported, and the address holds it all', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/users');
  await page.getByRole('button', { name: 'Roles' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Administrator' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: 'Ines Albrecht' }).waitFor();
  await page.getByRole('row', { name: 'Hugo Almeida' }).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'E-mail' }).click();
  await page.waitForURL(/sort=-email/);
  const copy = await newPage(browser, server.url);
  await signIn(copy.page, 'admin@example.com');
  await copy.page.goto(page.url().replace(server.url, ''));
  await copy.page.getByRole('row', { name: 'Ines Albrecht' }).waitFor();
  assert.equal(
    await copy.page.locator('tr[data-row]').count(),
    await page.locator('tr[data-row]').count(),
    'the same rows',
  );
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'people.csv');
  await page.goBack();
  await page.goBack();
  await page.getByRole('row', { name: 'Hugo Almeida' }).waitFor();
  await page.getByRole('searchbox', { name: 'Search: People' }).fill('nobody has this name');
  await page.getByText('Nothing matches').waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).first().click();
  await page.getByRole('row', { name: 'Hugo Almeida' }).waitFor();
  assert.deepEqual([...troubles, ...copy.troubles], []);
  await copy.context.close();
  await context.close();
});

test('departments and sites are added, given to a person and kept while someone belongs to them', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  const api = await signInToApi(server.url, 'admin@example.com');
  const { data } = await api('GET', '/users?search=hugo.almeida');
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/departments');
  await page.getByRole('button', { name: 'Add a department' }).first().click();
  const department = page.getByRole('dialog', { name: 'Add a department' });
  await department.getByLabel('Name').fill('Harbour office');
  await department.getByRole('button', { name: 'Add a department' }).click();
  await page.getByRole('row', { name: 'Harbour office' }).waitFor();
  await page.goto('/admin/sites');
  await page.getByRole('button', { name: 'Add a site' }).first().click();
  const site = page.getByRole('dialog', { name: 'Add a site' });
  await site.getByLabel('Name').fill('Pier 7');
  await site.getByRole('button', { name: 'Add a site' }).click();
  await page.getByRole('row', { name: 'Pier 7' }).waitFor();

  await page.goto(`/admin/users/${data[0].id}`);
  await page.getByRole('combobox', { name: 'Department' }).click();
  await page.getByRole('option', { name: 'Harbour office' }).click();
  await page.getByRole('combobox', { name: 'Site' }).click();
  await page.getByRole('option', { name: 'Pier 7' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();

  await page.goto('/admin/sites');
  await page.getByRole('button', { name: 'Actions for Pier 7' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete the site Pier 7?' }).getByRole('button', { name: 'Delete' }).click();
  await page.getByText(/people work at Pier 7/).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});
