import assert from 'node:assert/strict';
import { test } from 'node:test';
import { report, signInToApi } from '../support/api.mjs';
import { newPage, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'agent2@example.com');
const numbers = await report(server.url, 'Draft', 'Title', 'Other field', 'Taken', 'Note', 'Tags', 'Chosen');

test('a draft survives reload and sign-out, and belongs to its writer alone', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[0]}`);
  await page.getByRole('button', { name: 'Internal note' }).click();
  await page.getByRole('textbox', { name: 'Internal note' }).fill('Ask Jonas about the share');
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  const note = page.getByRole('textbox', { name: 'Internal note' });
  await note.waitFor();
  assert.equal(await note.inputValue(), 'Ask Jonas about the share');
  await page.getByRole('button', { name: 'Account of Priya Raman' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');

  await signIn(page, 'agent2@example.com');
  await page.goto(`/agent/incidents/${numbers[0]}`);
  await page.getByRole('button', { name: 'Internal note' }).waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0, 'a colleague does not meet the draft');
  await page.getByRole('button', { name: 'Account of Jonas Weber' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in');

  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[0]}`);
  assert.equal(await note.inputValue(), 'Ask Jonas about the share');
  await context.close();
});

test('what is sent without a connection waits for it, and goes out by itself', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'user@example.com');
  await page.goto('/portal/report');
  await page.getByLabel('What is wrong?').fill('No sound in calls');
  await context.setOffline(true);
  await page.getByText('What you type is kept on this device.').waitFor();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'Not sent: no connection' }).waitFor();
  assert.equal(await page.getByLabel('What is wrong?').inputValue(), 'No sound in calls');
  await context.setOffline(false);
  await page.waitForURL('**/portal/requests/INC-*');

  await page.getByLabel('Your answer').fill('It is the headset');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'Not sent: no connection' }).waitFor();
  assert.equal(await page.getByLabel('Your answer').inputValue(), 'It is the headset');
  await context.setOffline(false);
  await page.getByText('It is the headset').waitFor();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await context.close();
});

for (const isLive of [false, true]) {
  const when = isLive ? 'though a live update told of it' : 'before a live update tells of it';
  test(`two people who change the same title see both and choose, ${when}`, async () => {
    const { page, context } = await newPage(browser, server.url);
    // Without the stream the page cannot hear of the other change before it saves its own.
    if (!isLive) await page.route('**/api/v1/stream**', (route) => route.abort());
    await signIn(page, 'agent@example.com');
    await page.goto(`/agent/incidents/${numbers[1]}`);
    await page.getByRole('button', { name: 'Change Title' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change Title' });
    const [mine, theirs] = [`Outbox stuck, mine ${when}`, `Outbox stuck, theirs ${when}`];
    await dialog.getByLabel('Title').fill(mine);
    await api('PATCH', `/tickets/${numbers[1]}`, { title: theirs });
    if (isLive) await page.getByRole('heading', { name: theirs, includeHidden: true }).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Someone else changed this ticket' });
    await conflict.getByText(theirs).waitFor();
    await conflict.getByText(mine).waitFor();
    await shoot(page, 'conflict');
    await conflict.getByRole('button', { name: 'Apply mine' }).click();
    await page.getByRole('heading', { name: mine }).waitFor();
    await page.getByText('Saved.').waitFor();
    assert.equal((await api('GET', `/tickets/${numbers[1]}`)).title, mine);
    await context.close();
  });
}

test('a tag that a colleague adds while tags are edited is not dropped unseen', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[5]}`);
  const facts = page.getByRole('complementary', { name: 'Facts' });
  await facts.getByRole('button', { name: /Change Tags/ }).click();
  const editor = page.getByRole('dialog', { name: 'Change Tags' });
  await editor.getByLabel('Tags').fill('mine');
  await page.keyboard.press('Enter');
  await api('PATCH', `/tickets/${numbers[5]}`, { tags: ['theirs'] });
  await facts.getByRole('button', { name: /Change Tags.*theirs/ }).waitFor();
  await editor.getByRole('button', { name: 'Save' }).click();
  const conflict = page.getByRole('dialog', { name: 'Someone else changed this ticket' });
  await conflict.getByText('theirs', { exact: true }).waitFor();
  await conflict.getByRole('button', { name: 'Take theirs' }).click();
  assert.deepEqual((await api('GET', `/tickets/${numbers[5]}`)).tags, ['theirs']);
  await context.close();
});

test('a ticket that a colleague took while one chooses someone is not given away unasked', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[6]}`);
  await page.getByRole('button', { name: 'Assign to me' }).waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: /^Assign/ });
  await dialog.getByLabel('Person').first().waitFor();
  const jonas = await api('GET', '/users/me');
  await api('POST', `/tickets/${numbers[6]}/assign`, { assignee_id: jonas.id });
  const facts = page.getByRole('complementary', { name: 'Facts', includeHidden: true });
  await facts.getByText('Jonas Weber').first().waitFor();
  await dialog.getByRole('button', { name: 'Assign' }).press('Enter');
  const conflict = page.getByRole('dialog', { name: 'Someone else changed this ticket' });
  await conflict.getByText('Jonas Weber').waitFor();
  await conflict.getByRole('button', { name: 'Take theirs' }).click();
  assert.equal((await api('GET', `/tickets/${numbers[6]}`)).assignee.name, 'Jonas Weber');
  await context.close();
});

test('a change that touches another field is no conflict', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[2]}`);
  await page.getByRole('button', { name: /Change Impact/ }).waitFor();
  await api('POST', `/tickets/${numbers[2]}/comments`, { body: 'A word in between', visibility: 'public' });
  await page.getByRole('button', { name: /Change Impact/ }).click();
  await page.getByRole('menuitem', { name: 'Low' }).click();
  await page.getByText('Saved.').waitFor();
  assert.equal((await api('GET', `/tickets/${numbers[2]}`)).impact, 'low');
  await context.close();
});

test('a ticket that a colleague took meanwhile is not taken from them unasked', async () => {
  const { page, context } = await newPage(browser, server.url);
  // Without the stream: the page does not know yet.
  await page.route('**/api/v1/stream**', (route) => route.abort());
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[3]}`);
  await page.getByRole('button', { name: 'Assign to me' }).waitFor();
  const jonas = await api('GET', '/users/me');
  await api('POST', `/tickets/${numbers[3]}/assign`, { assignee_id: jonas.id });
  await page.getByRole('button', { name: 'Assign to me' }).click();
  const conflict = page.getByRole('dialog', { name: 'Someone else changed this ticket' });
  await conflict.getByText('Jonas Weber').waitFor();
  await conflict.getByRole('button', { name: 'Take theirs' }).click();
  await page.getByRole('complementary', { name: 'Facts' }).getByText('Jonas Weber').waitFor();
  assert.equal((await api('GET', `/tickets/${numbers[3]}`)).assignee.name, 'Jonas Weber');
  await context.close();
});

test('an internal note becomes public only after a question', async () => {
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'agent@example.com');
  await page.goto(`/agent/incidents/${numbers[4]}`);
  await page.getByRole('button', { name: 'Internal note' }).click();
  await page.getByRole('textbox', { name: 'Internal note' }).fill('the boss again');
  await page.getByText('Public reply', { exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Make this text public?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('textbox', { name: 'Internal note' }).waitFor();
  await context.close();
});
