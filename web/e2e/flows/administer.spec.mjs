import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { HANDS } from '../support/hands.mjs';

const { server, browser } = await startDesk();

const FIRST_PASSWORD = 'copper-lantern-58-river';

async function addPerson(page, hand, { first, last, email, password = FIRST_PASSWORD }) {
  await hand.press(page.getByRole('button', { name: 'Add a person' }).first());
  const dialog = page.getByRole('dialog', { name: 'Add a person' });
  await hand.write(dialog.getByLabel('First name'), first);
  await hand.write(dialog.getByLabel('Last name'), last);
  await hand.write(dialog.getByLabel('E-mail', { exact: true }), email);
  await hand.write(dialog.getByLabel('First password', { exact: true }), password);
  await hand.press(dialog.getByRole('button', { name: 'Add a person' }));
  return dialog;
}

const WALKS = [
  { how: 'mouse', first: 'Nadia', team: 'Databases', screen: { colorScheme: 'light' } },
  { how: 'keyboard', first: 'Ruben', team: 'Telephony', screen: { colorScheme: 'dark' } },
];

for (const { how, first, team: teamName, screen } of WALKS) {
  test(`an administrator adds a person and a team, gives a role, sees what it allows, and ends the access: ${how}`, async () => {
    const name = `${first} Aalto`;
    const email = `${first.toLowerCase()}@example.com`;
    const { page, context, troubles } = await newPage(browser, server.url, screen);
    const hand = HANDS[how](page);
    const nav = page.getByRole('navigation', { name: 'Main navigation' });
    const go = (link) => hand.press(nav.getByRole('link', { name: link, exact: true }));
    await signIn(page, 'admin@example.com');
    await go('Administration');
    await page.getByRole('heading', { name: 'Administration', level: 1 }).waitFor();
    await go('People');
    const dialog = await addPerson(page, hand, { first, last: 'Aalto', email, password: 'passwordpassword' });
    const password = dialog.getByLabel('First password', { exact: true });
    await page.waitForFunction(() => document.querySelector('[type=password][aria-invalid=true]') !== null);
    assert.ok(await password.evaluate((element) => element === document.activeElement), 'the bad field has the focus');
    await shoot(page, `admin-field-error-${how}`);
    await hand.write(password, FIRST_PASSWORD);
    await hand.press(dialog.getByRole('button', { name: 'Add a person' }));
    await dialog.waitFor({ state: 'hidden' });

    // Words are in the address, and Back takes them away again.
    await hand.write(page.getByRole('searchbox', { name: 'Search: People' }), first.toLowerCase());
    await page.waitForURL(`**/admin/users?q=${first.toLowerCase()}`);
    await page.getByRole('row', { name: new RegExp(name) }).waitFor();
    if (how === 'keyboard') {
      await hand.press(page.getByRole('row', { name: new RegExp(name) }));
    } else {
      await hand.press(page.getByRole('link', { name }));
    }
    await page.getByRole('heading', { name, level: 1 }).waitFor();

    // What the role allows, before and after.
    const why = page.getByRole('region', { name: `Why may ${name} do something?` });
    const question = why.getByRole('combobox', { name: 'What is in question?' });
    await hand.choose(question, 'Resolve', 'Resolve tickets');
    await why.getByText(`No, ${name} may not`).waitFor();
    await why.getByText(/These roles would give it: .*Agent/).waitFor();
    await hand.tick(page.getByRole('checkbox', { name: 'Agent' }));
    await page.getByText('Not saved yet').waitFor();
    await hand.press(page.getByRole('button', { name: 'Save' }));
    await page.getByText('Saved.').waitFor();
    await why.getByText(`Yes, ${name} may`).waitFor();
    await why.getByRole('link', { name: 'Agent' }).waitFor();
    await shoot(page, `admin-why-${how}`);

    await go('Teams');
    await hand.press(page.getByRole('button', { name: 'Add a team' }));
    const team = page.getByRole('dialog', { name: 'Add a team' });
    await hand.write(team.getByLabel('Name'), teamName);
    await hand.write(team.getByLabel('What it looks after'), 'PostgreSQL, backups');
    await hand.press(team.getByRole('button', { name: 'Add a team' }));
    await page.getByRole('heading', { name: teamName, level: 1 }).waitFor();
    await hand.press(page.getByRole('button', { name: 'Add a member' }));
    const member = page.getByRole('dialog', { name: `Add a member to ${teamName}` });
    await hand.choose(member.getByRole('combobox', { name: 'Person' }), `${first} Aa`, name);
    await hand.press(member.getByRole('button', { name: 'Add a member' }));
    await page.getByText(`${name} is a member of ${teamName}.`).waitFor();
    await hand.press(page.getByRole('button', { name: `Make lead: ${name}` }));
    await page.getByText(`${name} leads ${teamName}.`).waitFor();
    await hand.select(page.getByRole('combobox', { name: 'Who gets a ticket' }), 'In turn');
    await hand.press(page.getByRole('button', { name: 'Save' }));
    await page.getByText('Saved.').last().waitFor();
    await hand.press(page.getByRole('button', { name: `Remove ${name} from the team` }));
    await page.getByText('Nobody in this team yet').waitFor();
    await page.getByText(`${name} is no longer in ${teamName}.`).waitFor();
    if (how === 'keyboard') await page.keyboard.press('z');
    else await hand.press(page.getByRole('button', { name: 'Undo' }).last());
    await page.getByRole('link', { name }).waitFor();

    const other = await newPage(browser, server.url);
    await signIn(other.page, email, FIRST_PASSWORD);
    await other.page.getByRole('heading', { name: 'My work' }).waitFor();

    await go('People');
    await hand.write(page.getByRole('searchbox', { name: 'Search: People' }), email);
    await page.getByRole('row', { name: new RegExp(name) }).waitFor();
    if (how === 'keyboard') {
      await hand.press(page.getByRole('row', { name: new RegExp(name) }));
    } else {
      await hand.press(page.getByRole('link', { name }));
    }
    await hand.press(page.getByRole('button', { name: 'Deactivate' }));
    const sure = page.getByRole('dialog', { name: `Deactivate ${name}?` });
    await sure.getByText(`Every session of ${name} ends at once`).waitFor();
    await hand.press(sure.getByRole('button', { name: 'Deactivate' }));
    await page.getByRole('button', { name: 'Let sign in again' }).waitFor();

    await other.page.reload();
    await other.page.waitForURL('**/sign-in**');
    assert.deepEqual(troubles, []);
    await other.context.close();
    await context.close();
  });
}

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
  await page.getByText(/people work at Pier 7/i).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});
