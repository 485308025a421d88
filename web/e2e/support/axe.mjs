// axe-core on a page: WCAG 2.2 A and AA, and best practices. Nothing serious or critical may be found.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Of these rules another colour scheme may be the cause; the page itself is the same in both. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds, one line per place; empty when all is well. */
export function findings(page) {
  return look(page, { type: 'tag', values: TAGS });
}

/** The same in the other colours of a page that was looked at already: only what colours can do. */
export function findingsOfColours(page) {
  return look(page, { type: 'rule', values: COLOURS });
}

async function look(page, runOnly) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const { violations } = await page.evaluate(
    (only) => window.axe.run(document, { runOnly: only, resultTypes: ['violations'] }),
    runOnly,
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.flatMap(({ id, impact, help, nodes }) =>
    nodes
      // What is opened over the page stands outside of its landmarks.
      .filter((node) => id !== 'region' || !/data-portal|-dropdown/.test(node.target.join(' ')))
      .map(
        (node) => `${impact} ${id}: ${help} at ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`,
      ),
  );
}
