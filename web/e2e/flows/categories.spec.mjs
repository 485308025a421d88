import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInToApi } from '../support/api.mjs';
import { newPage, settle, shoot, signIn } from '../support/browser.mjs';
import { startDesk } from '../support/desk.mjs';

const { server, browser } = await startDesk();
const api = await signInToApi(server.url, 'admin@example.com');

async function reset() {
  for (const { id } of (await api('GET', '/categories?per_page=100')).data.toReversed()) {
    await api('DELETE', `/categories/${id}`);
  }
  const { id } = await api('POST', '/categories', { name: 'Hardware' });
  await api('POST', '/categories', { name: 'Laptop', parent_id: id });
  await api('POST', '/categories', { name: 'Printer', parent_id: id });
  await api('POST', '/categories', { name: 'Network' });
}

const paths = async () => (await api('GET', '/categories?per_page=100')).data.map(({ path }) => path.join('/'));

test('categories are moved, renamed and taken out of use by keyboard only', async () => {
  await reset();
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/categories');
  await page.getByRole('treeitem', { name: 'Hardware' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByText('Laptop is number 2 now.').waitFor();
  assert.deepEqual(await paths(), ['Hardware', 'Hardware/Printer', 'Hardware/Laptop', 'Network']);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.equal(await focused(), 'Laptop', 'the focus stays on the category that moved');
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByText('Laptop is at the top now.').waitFor();
  assert.deepEqual(await paths(), ['Hardware', 'Hardware/Printer', 'Laptop', 'Network']);
  await page.getByRole('button', { name: 'Undo' }).last().press('Enter');
  await page.getByRole('treeitem', { name: 'Laptop' }).and(page.locator('[aria-level="2"]')).waitFor();
  assert.deepEqual(await paths(), ['Hardware', 'Hardware/Printer', 'Hardware/Laptop', 'Network']);

  await page.getByRole('treeitem', { name: 'Network' }).focus();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Move Network' });
  await dialog.getByRole('combobox', { name: 'Below' }).fill('Hardware');
  await page.getByRole('option', { name: 'Hardware', exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Move' }).press('Enter');
  await page.getByText('Network is below Hardware now.').waitFor();
  await page.getByRole('treeitem', { name: 'Network' }).focus();
  await page.keyboard.press('F2');
  await page.getByRole('dialog', { name: 'Rename Network' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Networks');
  await page.keyboard.press('Enter');
  await page.getByText('It is called Networks now.').waitFor();
  await page.getByRole('treeitem', { name: 'Networks' }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Take out of use' }).press('Enter');
  await page.getByRole('treeitem', { name: 'Networks, Not for new tickets' }).waitFor();
  await shoot(page, 'admin-categories');
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a category is dragged below another, and not below itself', async () => {
  await reset();
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/categories');
  const row = (name) => page.getByRole('treeitem', { name });
  await row('Network').dragTo(row('Hardware'));
  await page.getByText('Network is below Hardware now.').waitFor();
  assert.deepEqual(await paths(), ['Hardware', 'Hardware/Laptop', 'Hardware/Printer', 'Hardware/Network']);
  await row('Hardware').dragTo(row('Laptop'));
  await settle(page);
  assert.deepEqual(await paths(), ['Hardware', 'Hardware/Laptop', 'Hardware/Printer', 'Hardware/Network']);
  assert.deepEqual(troubles, []);
  await context.close();
});

test('a name that is taken is refused, and what was typed stays', async () => {
  await reset();
  const { page, context } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/categories');
  await page.getByRole('button', { name: 'Add a category' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a category' });
  await dialog.getByLabel('Name').fill('hardware');
  await dialog.getByRole('button', { name: 'Add a category' }).click();
  const alert = dialog.getByRole('alert');
  await alert.waitFor();
  assert.ok(await alert.evaluate((element) => element === document.activeElement), 'the problem has the focus');
  assert.equal(await dialog.getByLabel('Name').inputValue(), 'hardware');
  await context.close();
});

test('the priority matrix is edited, and the next ticket follows it', async () => {
  const { page, context, troubles } = await newPage(browser, server.url);
  await signIn(page, 'admin@example.com');
  await page.goto('/admin/priorities');
  await page.getByLabel('Impact Low, urgency Low').selectOption('Critical');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved. New tickets get these priorities.').waitFor();
  const body = { title: 'x', description: 'y', impact: 'low', urgency: 'low' };
  assert.equal((await api('POST', '/incidents', body)).priority, 'critical');
  await page.getByLabel('Impact Low, urgency Low').selectOption('Low');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  assert.equal(await page.getByLabel('Impact Low, urgency Low').inputValue(), 'critical');
  assert.deepEqual(troubles, []);
  await context.close();
});
