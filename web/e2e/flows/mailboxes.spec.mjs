import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { launch, newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';

let server;
let browser;
before(async () => {
  server = await startServer({ isOwn: true });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const DESK = 'desk@example.com';
const letter = (from, subject, text, headers = '') =>
  `From: ${from}\r\nTo: ${DESK}\r\nSubject: ${subject}\r\n${headers}\r\n${text}\r\n`;

test('an administrator sets a mailbox up, sees what became of each message, and lets one in later', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/mailboxes');
  await page.getByText('No mailbox yet').waitFor();
  await shoot(page, 'mailboxes-empty');
  await page.getByRole('button', { name: 'Add a mailbox' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a mailbox' });
  await dialog.getByRole('button', { name: 'Add a mailbox' }).click();
  await dialog.getByText('Write the address').waitFor();
  await dialog.getByLabel('Address', { exact: true }).fill(DESK);
  await dialog.getByLabel('Name of the sender').fill('Service desk');
  await dialog.getByRole('checkbox', { name: 'Fetch mail from an IMAP server' }).press('Space');
  await dialog.getByLabel('Server', { exact: true }).waitFor();
  await shoot(page, 'mailbox-form');
  await dialog.getByRole('checkbox', { name: 'Fetch mail from an IMAP server' }).press('Space');
  await dialog.getByRole('button', { name: 'Add a mailbox' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('row', { name: /desk@example\.com/ }).waitFor();
  await settle(page);
  assert.deepEqual(await findings(page), []);
  await shoot(page, 'mailboxes');
  await page.getByRole('button', { name: /Actions.*desk@example\.com|desk@example\.com.*actions/i }).click();
  await page.getByRole('menuitem', { name: 'Connect a mail server…' }).click();
  await page.getByText(`mail receive --mailbox ${DESK}`).first().waitFor();
  await settle(page);
  await shoot(page, 'mailbox-connect');
  await page.keyboard.press('Escape');

  assert.equal(server.receive('x', 'nobody@example.com'), 67, 'there is no such mailbox');
  assert.equal(
    server.receive(letter('admin@example.com', 'Mail is slow', 'Since this morning.\r\n-- \r\nIT'), DESK),
    0,
  );
  assert.equal(server.receive(letter('Zoe Stone <zoe@new.example>', 'Let me in', 'Please.'), DESK), 0);
  assert.equal(server.receive(letter('admin@example.com', 'Away', 'x', 'Auto-Submitted: auto-replied\r\n'), DESK), 0);

  await page.goto('/admin/inbound-mails');
  for (const word of ['Ticket opened', 'Refused', 'Ignored']) {
    // The page is as it was when it was opened; a message takes a moment.
    for (let tries = 0; tries < 40 && !(await page.getByText(word, { exact: true }).count()); tries += 1) {
      await page.reload();
      await settle(page);
    }
    await page.getByText(word, { exact: true }).first().waitFor();
  }
  await page.getByText('A machine wrote it').waitFor();
  await page.getByText('Nobody here has this address').waitFor();
  assert.deepEqual(await findings(page), []);
  await shoot(page, 'inbound-mails');

  await page.getByRole('button', { name: 'Let me in' }).click();
  const message = page.getByRole('dialog', { name: 'A message' });
  await message.getByText('zoe@new.example').first().waitFor();
  await message.getByText('Please.').waitFor();
  await settle(page);
  await shoot(page, 'inbound-mail');
  await message.getByRole('button', { name: 'Work on it again' }).click();
  await page.getByText('It is worked on again.').waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: /^INC-/ }).first().click();
  await page
    .getByRole('heading', { name: /Mail is slow/ })
    .first()
    .waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('the quote and the signature of an answer are folded below it', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  const api = await signInToApi(server.url, 'admin@example.com');
  const { data } = await api('GET', '/tickets?search=Mail%20is%20slow');
  const [{ number }] = data.filter((ticket) => ticket.title === 'Mail is slow');
  const answer = 'It is fast again.\r\n\r\nOn Mon, Priya wrote:\r\n> Is it still slow?\r\n';
  assert.equal(server.receive(letter('admin@example.com', `Re: [${number}] Mail is slow`, answer), DESK), 0);
  await page.goto(`/agent/incidents/${number}`);
  await page.getByText('It is fast again.').first().waitFor();
  assert.equal(await page.getByText('Is it still slow?').isVisible(), false);
  await page.getByText('Quoted text').click();
  await page.getByText('Is it still slow?').waitFor();
  await shoot(page, 'comment-by-mail');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('mailboxes and the ledger fit on a phone in the dark', async () => {
  const { page, context, troubles } = await newPage(browser, server.url, {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  });
  await signIn(page, 'admin@example.com');
  for (const [path, name] of [
    ['/admin/mailboxes', 'mailboxes-phone'],
    ['/admin/inbound-mails', 'inbound-phone'],
  ]) {
    await page.goto(path);
    await page.getByText(DESK).first().waitFor();
    await settle(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(wide, false, `${path} fits`);
    await shoot(page, name);
  }
  assert.deepEqual(troubles, []);
  await context.close();
});
