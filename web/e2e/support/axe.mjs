// axe-core on a page: WCAG 2.2 A and AA, and best practices. Nothing serious or critical may be found.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, one line per place; empty when all is well. */
export async function findings(page) {
  await page.evaluate(source);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
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
