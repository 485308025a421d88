import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { findings } from '../support/axe.mjs';
import { launch, newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { HANDS } from '../support/hands.mjs';
import { startServer } from '../support/server.mjs';
import { startSmtp } from '../support/smtp.mjs';

const browser = await launch();
after(() => browser.close());

const PASSWORD = 'eleven llamas whistle at dawn';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** An empty server of its own, and a page at the address that its log gives. */
async function firstStart(t, options) {
  const server = await startServer({ isEmpty: true });
  t.after(() => server.stop());
  const address = /\/setup#code=([A-Z0-9-]+)/.exec(server.log())?.[0];
  assert.ok(address, `the log gives the address:\n${server.log()}`);
  return { server, address, ...(await newPage(browser, server.url, options)) };
}

/** A hand that counts what it presses. */
function counting(hand) {
  const counted = { ...hand, clicks: 0 };
  for (const way of ['press', 'tick', 'item'])
    counted[way] = (locator) => {
      counted.clicks += 1;
      return hand[way](locator);
    };
  return counted;
}

async function setUp(page, hand, address) {
  await page.goto(address);
  await hand.write(page.getByLabel('Name of the organization'), 'Harbour Logistics');
  await hand.write(page.getByLabel('First name'), 'Ines');
  await hand.write(page.getByLabel('Last name'), 'Albrecht');
  await hand.write(page.getByLabel('E-mail address'), 'ines@harbour.example');
  await hand.write(page.getByLabel('Password', { exact: true }), PASSWORD);
  await hand.press(page.getByRole('button', { name: 'Create and sign in' }));
  await page.getByText('Harbour Logistics is ready.').waitFor();
}

const isTooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

const WALKS = [
  { how: 'mouse', options: { colorScheme: 'light' } },
  { how: 'keyboard', options: { colorScheme: 'dark', viewport: { width: 1440, height: 900 } } },
  { how: 'thumb', options: { ...PHONE, colorScheme: 'dark' } },
];
for (const { how, options } of WALKS) {
  test(`an empty server comes to its first resolved ticket in under 15 clicks, by ${how}`, async (t) => {
    const { page, context, troubles, address } = await firstStart(t, options);
    const hand = counting(HANDS[how](page));
    const button = (name) => page.getByRole('button', { name, exact: true });
    await setUp(page, hand, address);
    await hand.press(button('Add the team'));
    await page.getByText('The team Service desk is there.').waitFor();
    await hand.press(button('Report it'));
    await page.getByRole('heading', { name: 'That is all it takes' }).waitFor();

    await hand.press(button('Later: Mail that goes out'));
    await page.getByText('nobody gets a mail until a mail server is set').waitFor();
    await hand.press(button('Later: Signing in'));
    await page.getByText('a password alone is enough to sign in').waitFor();
    await settle(page);
    assert.equal(await isTooWide(page), false);
    assert.deepEqual(await findings(page), []);
    await shoot(page, `first-steps-${how}`);

    await hand.press(page.getByRole('link', { name: 'Open it in the agent console' }));
    await page.getByRole('heading', { name: 'The printer on the first floor does not print' }).waitFor();
    await hand.press(button('Start work'));
    await page.getByText(/^Work on INC-\d+ has started/).waitFor();
    await hand.press(button('Resolve'));
    const dialog = page.getByRole('dialog', { name: /^Resolve: INC-/ });
    await hand.write(dialog.getByLabel('What was done?'), 'It was out of paper.');
    await hand.press(dialog.getByRole('button', { name: 'Resolve' }));
    await page.getByText(/^INC-\d+ is resolved/).waitFor();
    assert.ok(hand.clicks < 15, `${hand.clicks} clicks`);
    t.diagnostic(`${hand.clicks} clicks`);
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

test('what is wrong in the first form is said at its field, and a colleague signs in with the first password', async (t) => {
  const { page, context, troubles, address, server } = await firstStart(t);
  const click = (name) => page.getByRole('button', { name, exact: true }).click();
  await page.goto('/');
  await page.waitForURL('**/setup');
  await page.getByRole('heading', { name: 'Welcome to Steward' }).waitFor();
  await page.goto(address);
  await page.reload();
  assert.match(await page.getByLabel('Setup code').inputValue(), /^[A-Z0-9-]+$/);
  await shoot(page, 'setup');
  assert.deepEqual(await findings(page), []);
  await click('Create and sign in');
  await page.getByText('Give your organization a name').waitFor();
  await page.getByLabel('Name of the organization').fill('Harbour Logistics');
  await page.getByLabel('First name').fill('Ines');
  await page.getByLabel('Last name').fill('Albrecht');
  await page.getByLabel('E-mail address').fill('ines@harbour.example');
  await page.getByLabel('Password', { exact: true }).fill('password1234');
  await click('Create and sign in');
  await page.getByLabel('Password', { exact: true }).and(page.locator('[aria-invalid="true"]')).waitFor();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await click('Create and sign in');

  await page.getByRole('heading', { name: 'Three steps to your first ticket' }).waitFor();
  await page.getByText('Harbour Logistics is ready.').waitFor();
  await click('Add the team');
  await page.getByText('The team Service desk is there.').waitFor();
  await page.getByLabel('First name').fill('Priya');
  await page.getByLabel('Last name').fill('Raman');
  await page.getByLabel('E-mail address').fill('priya@harbour.example');
  await click('Add');
  await page.getByText('Priya Raman is there.').waitFor();
  const password = await page.locator('[data-first-password]').innerText();
  await click('Report it');
  await page.getByText(/INC-0*1 is there/).waitFor();

  const colleague = await newPage(browser, server.url);
  await signIn(colleague.page, 'priya@harbour.example', password);
  await colleague.page.goto('/agent/tickets');
  await colleague.page.getByRole('link', { name: 'The printer on the first floor does not print' }).waitFor();
  await colleague.page.goto('/setup');
  await colleague.page.getByRole('heading', { name: 'Steward is set up already' }).waitFor();
  // What only administrators settle is not offered to her.
  await colleague.page.goto('/agent/first-steps');
  await colleague.page.getByText('Harbour Logistics is ready.').waitFor();
  await settle(colleague.page);
  assert.equal(await colleague.page.getByRole('heading', { name: 'Signing in' }).count(), 0);
  assert.deepEqual([...troubles, ...colleague.troubles], []);
  await colleague.context.close();
  await context.close();
});

test('the list of the administration ticks what the server has, leads to what is open, and is put away for good', async (t) => {
  const { page, context, troubles, address, server } = await firstStart(t);
  await setUp(page, HANDS.mouse(page), address);
  await page.goto('/admin');
  const list = page.getByRole('region', { name: 'Setting up' });
  const row = (name) => list.getByRole('listitem').filter({ hasText: name });
  // A calendar and a policy come with Steward.
  await list.getByText('1 of 9 done').waitFor();
  await settle(page);
  const attention = page.getByRole('region', { name: 'What needs attention' });
  // What the list says is not said twice.
  assert.equal(await attention.getByText('There is no team yet').count(), 0);
  await shoot(page, 'setup-list');
  assert.deepEqual(await findings(page), []);

  // Each leads to a page on which it can be done.
  const places = [
    ['Add a team', '/admin/teams', 'Teams'],
    ['Add your people', '/admin/users', 'People'],
    ['Report a first ticket', '/agent/tickets/new', 'New incident'],
    ['Let mail go out', '/agent/first-steps#mail', 'Mail that goes out'],
    ['Ask administrators for a second step', '/agent/first-steps#rules', 'Signing in'],
    ['Make tickets of mail', '/admin/mailboxes', 'Mailboxes'],
    ['Sort tickets by categories', '/admin/categories', 'Categories'],
    ['Say how much time tickets get', '/admin/policies', 'Policies'],
    ['Keep texts for answers', '/admin/reply-templates', 'Reply templates'],
  ];
  for (const [name, path, heading] of places) {
    await list.getByRole('link', { name }).click();
    await page.waitForURL((url) => url.pathname + url.hash === path);
    const head = page.getByRole('heading', { name: heading, exact: true }).first();
    await head.waitFor();
    if (path.includes('#')) {
      await settle(page);
      const box = await head.boundingBox();
      assert.ok(box && box.y >= 0 && box.y < 700, `${heading} is in sight: ${box?.y}`);
    }
    await page.goto('/admin');
    await list.waitFor();
  }

  // What is there is asked of the server: someone else makes it.
  const api = await signInToApi(server.url, 'ines@harbour.example', PASSWORD);
  await api('POST', '/teams', { name: 'Network' });
  await api('POST', '/categories', { name: 'Hardware' });
  await api('POST', '/incidents', { title: 'It smokes' });
  await page.reload();
  await list.getByText('4 of 9 done').waitFor();
  await row('Add a team').getByText('done').waitFor();
  await row('Sort tickets by categories').getByText('done').waitFor();
  await row('Make tickets of mail').getByText('open').waitFor();

  const away = list.getByRole('button', { name: 'Put the list away' });
  await away.click();
  await list.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await list.waitFor();
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
  await away.click();
  await kept;
  const other = await newPage(browser, server.url, { ...PHONE, colorScheme: 'dark' });
  await signIn(other.page, 'ines@harbour.example', PASSWORD);
  await other.page.goto('/admin');
  await other.page.getByRole('heading', { name: 'What needs attention' }).waitFor();
  await settle(other.page);
  await other.page.getByText('Administrators can sign in with a password alone').waitFor();
  assert.equal(await other.page.getByRole('region', { name: 'Setting up' }).count(), 0);
  await other.page.getByRole('link', { name: 'First steps' }).click();
  await other.page.getByRole('region', { name: 'What else there is' }).getByText('Make tickets of mail').waitFor();
  await settle(other.page);
  assert.equal(await isTooWide(other.page), false);
  assert.deepEqual([...troubles, ...other.troubles], []);
  await other.context.close();
  await context.close();
});

test('mail is tried from the guide, and a second step asked of administrators begins with one’s own', async (t) => {
  const smtp = await startSmtp();
  t.after(() => smtp.stop());
  process.env.STEWARD_SMTP_URL = smtp.url;
  const { page, context, troubles, address } = await firstStart(t, { colorScheme: 'dark' });
  delete process.env.STEWARD_SMTP_URL;
  await setUp(page, HANDS.keyboard(page), address);
  const hand = HANDS.keyboard(page);
  await page.getByText('Mail goes out through your mail server.').waitFor();
  await hand.press(page.getByRole('button', { name: 'Send it to ines@harbour.example' }));
  await page.getByText('It is on its way to ines@harbour.example.').waitFor();
  for (const end = Date.now() + 60_000; smtp.mails.length === 0; ) {
    assert.ok(Date.now() < end, 'the mail comes');
    await page.waitForTimeout(100);
  }
  assert.match(smtp.mails[0], /^To: .*ines@harbour\.example/im);

  const ask = page.getByRole('button', { name: 'Ask for it' });
  await hand.press(ask);
  await page.getByText('Choose who is asked, or leave it for later').waitFor();
  await hand.tick(page.getByRole('checkbox', { name: 'Agent' }));
  await hand.tick(page.getByRole('checkbox', { name: 'Administrator' }));
  await shoot(page, 'first-steps-rules');
  await hand.press(ask);
  await page.getByRole('heading', { name: 'One more step protects your account' }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('next'), '/agent/first-steps');
  assert.deepEqual(troubles, []);
  await context.close();
});
