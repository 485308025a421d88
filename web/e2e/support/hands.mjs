// The same steps by mouse, by thumb and by keyboard alone: a flow is written once and walked with each.
import assert from 'node:assert/strict';

const MOST_TABS = 150;

/** What a screen reader would call the element that has the focus. */
const nameOfFocus = (page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const words = element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent;
    return `${element?.tagName.toLowerCase()} "${(words ?? '').trim().slice(0, 40)}"`;
  });

/** Whether one sees where the focus is: an outline, or a ring around the field. */
const isSeen = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    // The box of a switch or of a segment is drawn by what stands beside the hidden input.
    const drawn = [activeElement, activeElement?.nextElementSibling, activeElement?.parentElement].filter(Boolean);
    return drawn.some((element) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const hasRing = element !== activeElement?.parentElement && boxShadow !== 'none';
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || hasRing;
    });
  });

const isActive = (element) => element === document.activeElement;
const hasFocus = (locator) => locator.evaluate(isActive);

/** Walks with Tab until the element has the focus; fails where it is never reached, or where the focus is not seen. */
async function tabTo(page, locator, key = 'Tab', isThere = isActive) {
  await locator.waitFor({ state: 'attached' });
  const passed = [];
  for (let step = 0; step < MOST_TABS; step += 1) {
    if (await locator.evaluate(isThere)) {
      assert.ok(await isSeen(page), `the focus cannot be seen on ${await nameOfFocus(page)}`);
      return;
    }
    await page.keyboard.press(key);
    passed.push(await nameOfFocus(page));
  }
  assert.fail(`${key} never came to ${locator}: ${[...new Set(passed)].join(', ')}`);
}

/** Walks a list of choices with the arrow until this one is marked. */
async function walkTo(page, choice) {
  for (let step = 0; step < 20; step += 1) {
    if ((await choice.getAttribute('data-combobox-selected')) !== null) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`the arrow never came to ${choice}`);
}

const keyboard = (page) => ({
  name: 'keyboard',
  press: async (locator) => {
    await tabTo(page, locator);
    await page.keyboard.press('Enter');
  },
  /** A checkbox, a switch. */
  tick: async (locator) => {
    await tabTo(page, locator);
    await page.keyboard.press('Space');
  },
  /** One of several: Tab comes to the group, the arrows go on within it. */
  pick: async (locator) => {
    const group = locator.locator('xpath=ancestor::*[@role="radiogroup"]');
    await tabTo(page, group, 'Tab', (element) => element.contains(document.activeElement));
    for (let step = 0; step < 10 && !(await hasFocus(locator)); step += 1) await page.keyboard.press('ArrowRight');
    if (!(await locator.isChecked())) await page.keyboard.press('Space');
    assert.ok(await locator.isChecked(), 'the keys choose it');
  },
  write: async (locator, text) => {
    await tabTo(page, locator);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  },
  /** A field that offers choices while one types. */
  choose: async (locator, text, option) => {
    await tabTo(page, locator);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
    // Until the server has answered, other choices may stand there, the one that is meant among them.
    const first = page.locator('[role=option]:visible').first();
    await first.filter({ hasText: option }).waitFor();
    await page.locator('[data-searching] :focus').waitFor({ state: 'detached' });
    await walkTo(page, first);
    await page.keyboard.press('Enter');
  },
  /** A field that offers choices when it is opened. */
  select: async (locator, option) => {
    await tabTo(page, locator);
    await page.keyboard.press('Enter');
    const choice = page.getByRole('option', { name: option });
    await choice.waitFor();
    await walkTo(page, choice);
    await page.keyboard.press('Enter');
  },
  /** An item of a menu that is open. */
  item: async (locator) => {
    await tabTo(page, locator, 'ArrowDown');
    await page.keyboard.press('Enter');
  },
  attach: async (button, _input, file) => {
    const asked = page.waitForEvent('filechooser');
    await tabTo(page, button);
    await page.keyboard.press('Enter');
    await (await asked).setFiles(file);
  },
});

/** By pointing; `way` is `click` or `tap`. */
const pointer = (way) => () => ({
  name: way === 'tap' ? 'thumb' : 'mouse',
  press: (locator) => locator[way](),
  tick: (locator) => locator[way](),
  pick: (locator) => locator[way](),
  write: (locator, text) => locator.fill(text),
  choose: async (locator, text, option) => {
    await locator.fill(text);
    await locator.page().getByRole('option', { name: option }).first()[way]();
  },
  select: async (locator, option) => {
    await locator[way]();
    await locator.page().getByRole('option', { name: option })[way]();
  },
  item: (locator) => locator[way](),
  attach: (_button, input, file) => input.setInputFiles(file),
});

/** By name, the hands that walk a flow; each is made for a page. */
export const HANDS = { mouse: pointer('click'), thumb: pointer('tap'), keyboard };
