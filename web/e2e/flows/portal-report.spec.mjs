import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';
import { HANDS } from '../support/hands.mjs';

// One pixel, as a camera would send it.
const PHOTO = {
  name: 'screen.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
};
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };

const { server, browser } = await startDesk();
const agent = await signInToApi(server.url, 'agent@example.com');

/** What is too small for a thumb, or wider than the screen. */
async function troublesOfLayout(page) {
  return page.evaluate(() => {
    const small = [...document.querySelectorAll('main a, main button, main input:not([hidden]), nav a')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ element, box }) => box.width > 0 && element.checkVisibility({ visibilityProperty: true }))
      // A link within a sentence is as high as its line.
      .filter(({ element }) => getComputedStyle(element).display !== 'inline')
      .filter(({ box }) => box.height < 24 || box.width < 24)
      .map(({ element, box }) => `${element.textContent || element.ariaLabel} ${box.width}×${box.height}`);
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [...small, `page: ${scrollWidth} of ${clientWidth}`] : small;
  });
}

const WALKS = [
  { how: 'thumb', screen: { ...PHONE, colorScheme: 'light' } },
  { how: 'keyboard', screen: { viewport: PHONE.viewport, colorScheme: 'dark' } },
];

for (const { how, screen } of WALKS) {
  test(`report by ${how}: a photo, a number, what happens next, an answer, reopened, confirmed, rated`, async () => {
    const title = `The projector shows nothing (${how})`;
    const { page, context, troubles } = await newPage(browser, server.url, screen);
    const hand = HANDS[how](page);
    const button = (name) => page.getByRole('button', { name });
    await signIn(page, 'user@example.com');
    await page.getByRole('heading', { name: 'How can we help?' }).waitFor();
    await hand.write(page.getByRole('textbox', { name: /What is wrong/ }), title);
    await hand.press(page.locator('main').getByRole('link', { name: 'Report a problem' }).first());
    await page.getByRole('heading', { name: 'Report a problem' }).waitFor();
    await page.waitForURL('**/portal/report**');
    assert.equal(await page.getByLabel('What is wrong?').inputValue(), title);
    if (how === 'keyboard') await hand.attach(button('Add files'), null, PHOTO);
    else await hand.attach(null, page.getByLabel('Take a photo'), PHOTO);
    await page.getByText('screen.png').waitFor();
    await hand.pick(page.getByRole('radio', { name: 'My team' }));
    const send = button('Send');
    assert.ok((await send.boundingBox()).height >= 44, 'the way on is large');
    await hand.press(send);
    await page.waitForURL('**/portal/requests/INC-*');
    const number = new URL(page.url()).pathname.split('/').at(-1);
    await page.getByRole('heading', { name: `Thank you. Your number is ${number}` }).waitFor();
    await page.getByText('What happens next').waitFor();
    await page.getByRole('link', { name: /screen.png/ }).waitFor();
    assert.equal((await agent('GET', `/tickets/${number}`)).impact, 'medium');
    await shoot(page, `portal-sent-390-${how}`);

    await agent('POST', `/tickets/${number}/assign`, { assignee_id: (await agent('GET', '/users/me')).id });
    await agent('POST', `/tickets/${number}/start`, {});
    await agent('POST', `/tickets/${number}/comments`, { body: 'Which **room**?', visibility: 'public' });
    await page.reload();
    await page.getByText('Which room?').waitFor();
    await hand.write(page.getByLabel('Your answer'), 'Room 12');
    await hand.attach(button('Add files'), page.getByLabel('Add files').last(), { ...PHOTO, name: 'room.png' });
    await hand.press(button('Send'));
    const said = page.getByRole('listitem').filter({ hasText: 'Room 12' });
    await said.getByRole('link', { name: /room.png/ }).waitFor();
    assert.equal(await page.getByLabel('Your answer').inputValue(), '');

    await agent('POST', `/tickets/${number}/resolve`, { resolution_code: 'solved', resolution_note: 'New lamp.' });
    await page.goto('/portal/requests?show=waiting');
    await hand.press(page.getByRole('link', { name: title }));
    await hand.press(button('Not solved'));
    const reopen = page.getByRole('dialog', { name: 'Not solved' });
    await hand.write(reopen.getByLabel('Why?'), 'Still dark.');
    await hand.press(reopen.getByRole('button', { name: 'Reopen' }));
    await reopen.waitFor({ state: 'hidden' });
    await agent('POST', `/tickets/${number}/resolve`, { resolution_code: 'solved', resolution_note: 'New projector.' });
    await page.reload();
    await hand.press(button('It works'));
    await button('It works').waitFor({ state: 'hidden' });
    await hand.pick(page.getByRole('radio', { name: 'Very good' }));
    await hand.write(page.getByLabel(/What should we know/), 'Quick and friendly.');
    await hand.press(button('Send').last());
    await page.getByText('You said: Very good. Thank you.').waitFor();
    assert.equal((await agent('GET', `/tickets/${number}`)).rating.score, 5);
    await page.goto('/portal/requests?show=done');
    await page.getByRole('link', { name: title }).waitFor();
    assert.deepEqual(troubles, []);
    await context.close();
  });
}

test('what is known already appears while typing, and following it ends the report', async () => {
  const [outage, own] = await report(server.url, 'Mail does not arrive', 'Screen flickers at my desk');
  const admin = await signInToApi(server.url, 'admin@example.com');
  const me = await admin('GET', '/users/me');
  await admin('POST', `/incidents/${outage}/major`, {
    headline: 'Mail is late for everyone',
    commander_id: me.id,
    cadence_minutes: 30,
  });
  await admin('POST', `/incidents/${outage}/major/updates`, { body: 'The queue is being **emptied**.' });
  const { page, context, troubles } = await newPage(browser, server.url, PHONE);
  await signIn(page, 'user@example.com');
  await page.getByRole('link', { name: /Mail is late for everyone/ }).waitFor();
  await page.goto('/portal/report');
  await page.getByLabel('What is wrong?').fill('screen flickers');
  await page.getByRole('link', { name: 'This is it: open: Screen flickers at my desk' }).waitFor();
  await page.getByLabel('What is wrong?').fill('mail late');
  await page.getByText('Saved').waitFor();
  await shoot(page, 'portal-suggestions-390');
  await page.getByRole('link', { name: 'This is it: follow: Mail is late for everyone' }).tap();
  await page.waitForURL('**/portal/status');
  await page.getByText('The queue is being emptied.').waitFor();
  await shoot(page, 'portal-status-390');
  await page.goto('/portal/report');
  assert.equal(await page.getByLabel('What is wrong?').inputValue(), '', 'the report is not needed any more');
  await page.goto(`/portal/requests/${own}`);
  await page.getByRole('heading', { name: 'Screen flickers at my desk' }).waitFor();
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a report begun on the phone goes on at another device', async () => {
  const phone = await newPage(browser, server.url, PHONE);
  await signIn(phone.page, 'user@example.com');
  await phone.page.goto('/portal/report');
  await phone.page.getByLabel('What is wrong?').fill('The door badge');
  await phone.page.locator('[data-kept="server"]').waitFor();
  const desk = await newPage(browser, server.url);
  await signIn(desk.page, 'user@example.com');
  await desk.page.goto('/portal/report');
  await desk.page.getByText('We kept what you typed last time.').waitFor();
  assert.equal(await desk.page.getByLabel('What is wrong?').inputValue(), 'The door badge');
  await phone.context.setOffline(true);
  await phone.page.getByLabel('What is wrong?').fill('The door badge is dead');
  await phone.page.locator('[data-kept="device"]').waitFor();
  await phone.page.getByRole('button', { name: 'Send' }).tap();
  await phone.page.getByRole('alert').filter({ hasText: 'No connection' }).waitFor();
  // What could not go out goes by itself when there is a network again.
  await phone.context.setOffline(false);
  await phone.page.waitForURL('**/portal/requests/INC-*');
  await phone.page.getByRole('heading', { name: 'The door badge is dead' }).waitFor();
  await phone.context.close();
  await desk.context.close();
});

test('nothing is too small or too wide on a screen of 360 pixels', async () => {
  const { page, context } = await newPage(browser, server.url, { ...PHONE, viewport: { width: 360, height: 740 } });
  await signIn(page, 'user@example.com');
  const requests = ['/portal', '/portal/report', '/portal/requests', '/portal/status', '/portal/profile'];
  for (const path of [...requests, '/portal/profile?section=security', '/portal/profile?section=tokens']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settle(page);
    assert.deepEqual(await troublesOfLayout(page), [], path);
  }
  await context.close();
});

test('on 360 by 740 a report takes three taps at most, and the way to send it stays in sight', async () => {
  const { page, context, troubles } = await newPage(browser, server.url, {
    ...PHONE,
    viewport: { width: 360, height: 740 },
  });
  await signIn(page, 'user@example.com');
  let taps = 0;
  const tap = (locator) => {
    taps += 1;
    return locator.tap();
  };
  await page.getByRole('textbox', { name: /What is wrong/ }).fill('The lamp in room 7 flickers');
  const on = page.locator('main').getByRole('link', { name: 'Report a problem' }).first();
  assert.ok((await on.boundingBox()).height >= 44);
  await tap(on);
  await page.getByRole('heading', { name: 'Report a problem' }).waitFor();
  await settle(page);
  const send = page.getByRole('button', { name: 'Send' });
  const isInSight = async () => {
    const box = await send.boundingBox();
    return box.height >= 44 && box.y >= 0 && box.y + box.height <= 740;
  };
  assert.ok(await isInSight(), 'at the top of the form');
  await page.mouse.wheel(0, 3000);
  assert.ok(await isInSight(), 'at its end');
  await tap(send);
  await page.waitForURL('**/portal/requests/INC-*');
  assert.ok(taps <= 3, `${taps} taps`);
  assert.deepEqual(await troublesOfLayout(page), []);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a report for a colleague, with the questions that the organization added, in German too', async () => {
  const admin = await signInToApi(server.url, 'admin@example.com');
  const suffix = Date.now().toString(36);
  const field = {
    kind: 'incident',
    key: `room_${suffix}`,
    type: 'select',
    label: 'Raum',
    help: 'Where it happens',
    options: [
      { value: 'a', label: 'Room A' },
      { value: 'b', label: 'Room B' },
    ],
    is_required: true,
  };
  const made = await admin('POST', '/custom-fields', field);
  try {
    const { page, context, troubles } = await newPage(browser, server.url, PHONE);
    await signIn(page, 'user@example.com');
    await page.goto('/portal/report');
    await page.getByRole('combobox', { name: 'For someone else?' }).fill('Jon');
    await page.getByRole('option', { name: /Jonas Weber/ }).click();
    await page.getByLabel('What is wrong?').fill('Her screen flickers');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Fill this in').waitFor();
    await page.getByRole('combobox', { name: 'Raum' }).click();
    await page.getByRole('option', { name: 'Room B' }).click();
    // What was filled in survives leaving the page.
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    assert.equal(await page.getByRole('combobox', { name: 'For someone else?' }).inputValue(), 'Jonas Weber');
    assert.equal(await page.getByRole('combobox', { name: 'Raum' }).inputValue(), 'Room B');
    assert.deepEqual(await troublesOfLayout(page), []);
    await shoot(page, 'portal-report-fields-390');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.waitForURL('**/portal/requests/INC-*');
    const number = new URL(page.url()).pathname.split('/').at(-1);
    const ticket = await agent('GET', `/tickets/${number}`);
    assert.equal(ticket.requested_for.name, 'Jonas Weber');
    assert.equal(ticket.custom_fields[field.key], 'b');
    assert.deepEqual(troubles, []);

    await page.evaluate(() => localStorage.setItem('steward.language', 'de'));
    await page.goto('/portal/report');
    await page.getByRole('combobox', { name: 'Für jemand anderen?' }).click();
    await page.getByText('Mindestens zwei Buchstaben eines Namens tippen').waitFor();
    await page.getByRole('combobox', { name: 'Raum' }).waitFor();
    await context.close();
  } finally {
    await admin('DELETE', `/custom-fields/${made.id}`);
  }
});
