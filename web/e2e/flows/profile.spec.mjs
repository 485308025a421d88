import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { totp } from '../support/totp.mjs';

const { server, browser } = await startDesk();

async function typeSignIn(page, email) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address or username').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Sets up a second step in the open dialog or page; returns secret and recovery codes. */
async function enrol(page) {
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  const secret = (await page.locator('code').first().innerText()).trim();
  await page.getByLabel('Six digits that the app shows').fill('000000');
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await page.getByLabel('Six digits that the app shows').and(page.locator('[aria-invalid="true"]')).waitFor();
  await page.getByLabel('Six digits that the app shows').fill(totp(secret));
  await page.getByRole('button', { name: 'Switch it on' }).click();
  await page.getByText('Keep your recovery codes').waitFor();
  const codes = await page
    .getByRole('listitem')
    .filter({ hasText: /^[a-z0-9-]{8,}$/i })
    .allInnerTexts();
  assert.ok(codes.length >= 8, `recovery codes: ${codes}`);
  return { secret, codes };
}

test('a second step is set up, asked for at sign-in, renewed and switched off', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'user@example.com');
  await page.getByRole('button', { name: 'Account of Lea Fontaine' }).click();
  await page.getByRole('menuitem', { name: 'Your profile' }).click();
  await page.getByRole('link', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Set it up' }).click();
  const { secret, codes } = await enrol(page);
  await shoot(page, 'profile-recovery-codes');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'steward-recovery-codes.txt');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('On. You are asked for a code').waitFor();

  const other = await newPage(browser, server.url);
  await typeSignIn(other.page, 'user@example.com');
  await other.page.getByLabel('Code from your authenticator app').fill(codes[0]);
  await other.page.getByRole('button', { name: 'Sign in' }).click();
  await other.page.waitForURL('**/portal');
  await other.page.goto('/portal/profile?section=security');
  await other.page.getByText(`${codes.length - 1} recovery codes are left.`).waitFor();
  await other.page.getByRole('button', { name: 'New recovery codes' }).click();
  await other.page.getByLabel('Your password').fill(PASSWORD);
  await other.page.getByLabel('Code', { exact: true }).fill(codes[1]);
  await other.page.getByRole('button', { name: 'Go on' }).click();
  await other.page.getByText('Keep your recovery codes').waitFor();
  await other.page.getByRole('button', { name: 'I have kept them' }).click();
  await other.page.getByText(`${codes.length} recovery codes are left.`).waitFor();

  await other.page.getByRole('button', { name: 'Switch it off' }).click();
  await other.page.getByLabel('Your password').fill(PASSWORD);
  // The next step of the clock: a code works once.
  await other.page.getByLabel('Code', { exact: true }).fill(totp(secret, 1));
  await other.page.getByRole('dialog').getByRole('button', { name: 'Switch it off' }).click();
  await other.page.getByText('Off. A code from your phone').waitFor();
  assert.deepEqual([...troubles, ...other.troubles], []);
  await other.context.close();
  await context.close();
});

test('who has a role that asks for a second step sets it up before anything else', async () => {
  const admin = await signInToApi(server.url, 'admin@example.com');
  const role = await admin('POST', '/roles', {
    name: 'careful',
    description: 'Asks for a second step',
    permissions: ['ticket:read:own'],
    requires_mfa: true,
  });
  const { data } = await admin('GET', '/users?search=agent2%40example.com');
  const person = await admin('GET', `/users/${data[0].id}`);
  const token = await fetch(`${server.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'admin@example.com', password: PASSWORD }),
  }).then((answer) => answer.json());
  const changed = await fetch(`${server.url}/api/v1/users/${person.id}`, {
    method: 'PATCH',
    headers: {
      'Content-Type': 'application/json',
      'If-Match': `"${person.version}"`,
      Authorization: `Bearer ${token.access}`,
    },
    body: JSON.stringify({ roles: [...person.roles, role.name] }),
  });
  assert.equal(changed.status, 200, await changed.text());

  const { page, context, troubles } = await newPage(browser, server.url);
  await typeSignIn(page, 'agent2@example.com');
  await page.getByRole('heading', { name: 'One more step protects your account' }).waitFor();
  await page.goto('/agent/tickets');
  await page.waitForURL('**/second-factor**');
  await enrol(page);
  await shoot(page, 'second-factor-required');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.waitForURL('**/agent/tickets');
  await page.getByRole('heading', { name: 'Tickets' }).waitFor();
  await page.goto('/agent/profile?section=security');
  await page.getByText('so it cannot be switched off').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('name, language, zone and absence are saved; German is spoken at once', async () => {
  const { page, context, troubles } = await newPage(browser, server.url, { locale: 'en-GB' });
  await signIn(page, 'admin@example.com');
  await page.goto('/agent/profile');
  await page.getByLabel('First name').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter your first name').waitFor();
  await page.getByLabel('First name').fill('Inès');
  await page.getByLabel('Phone').fill('+49 40 1234');
  await page.getByLabel('First day away').fill('2026-12-24');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Give both days, or neither').waitFor();
  await page.getByLabel('Last day away').fill('2026-12-31');
  await page.getByLabel('Language').selectOption('de');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Ihr Profil' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  await page.reload();
  await page.getByRole('heading', { name: 'Ihr Profil' }).waitFor();
  assert.equal(await page.getByLabel('Vorname').inputValue(), 'Inès');
  assert.equal(await page.getByLabel('Letzter Tag').inputValue(), '2026-12-31');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a token is shown once, works within its limits, and stops when it is revoked', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/profile?section=tokens');
  await page.getByText('You have no tokens').waitFor();
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'New token' }).click();
  await dialog.getByText('Choose at least one thing').waitFor();
  await dialog.getByLabel('What is it for?').fill('Nightly report');
  await dialog.getByRole('button', { name: 'All that only read' }).click();
  await shoot(page, 'profile-token');
  await dialog.getByRole('button', { name: 'New token' }).click();
  await dialog.getByText('Copy it now. It is not shown again.').waitFor();
  const secret = await dialog.getByLabel('The token').innerText();
  const ask = () => fetch(`${server.url}/api/v1/tickets`, { headers: { Authorization: `Bearer ${secret}` } });
  assert.equal((await ask()).status, 200);
  await dialog.getByRole('button', { name: 'Done' }).click();
  assert.equal(await page.getByText(secret).count(), 0);
  await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('You have no tokens').waitFor();
  assert.equal((await ask()).status, 401);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('another session is ended, and the password is changed', async () => {
  const elsewhere = await newPage(browser, server.url);
  await signIn(elsewhere.page, 'agent@example.com');
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto('/agent/profile?section=security');
  await page.getByText('This one').waitFor();
  await page.getByRole('button', { name: 'End all others' }).click();
  await page.getByRole('button', { name: 'End all others' }).waitFor({ state: 'hidden' });
  await elsewhere.page.goto('/agent');
  await elsewhere.page.waitForURL('**/sign-in**');

  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByLabel('Present password').fill('not my password');
  await page.getByLabel('New password', { exact: true }).fill('eleven llamas whistle at dawn');
  await page.getByLabel('New password once more').fill('eleven llamas whistle at dawn');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByLabel('Present password').and(page.locator('[aria-invalid="true"]')).waitFor();
  await page.getByLabel('Present password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('Your password is changed.').waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
  await signIn(elsewhere.page, 'agent@example.com', 'eleven llamas whistle at dawn');
  await elsewhere.context.close();
});

test('a forgotten password: the answer tells nothing, and a bad link says what to do', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail address').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  await page.goto('/set-password');
  await page.getByText('This link is not complete.').waitFor();
  await page.goto('/set-password#token=wrong');
  await page.reload();
  await page.getByLabel('New password', { exact: true }).fill('eleven llamas whistle at dusk');
  await page.getByLabel('New password once more').fill('eleven llamas whistle');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByText('The two are not the same').waitFor();
  await page.getByLabel('New password once more').fill('eleven llamas whistle at dusk');
  await page.getByRole('button', { name: 'Save the password' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('link', { name: 'Ask for a new link' }).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the colours chosen on one device are there on the next', async () => {
  const { page, context } = await newPage(browser, server.url, { colorScheme: 'light' });
  await signIn(page, 'admin@example.com');
  await page.goto('/agent/profile?section=appearance');
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
  await page.locator('main label').nth(2).click();
  await kept;
  assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
  await context.close();
  const other = await newPage(browser, server.url, { colorScheme: 'light' });
  await signIn(other.page, 'admin@example.com');
  await other.page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
  await other.context.close();
});
