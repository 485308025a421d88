import { expect, it } from 'vitest';
import { toGuide } from './markdown';

it('takes title and parts out, and leads links to pages', () => {
  const guide = toGuide(
    '# A guide\n\nSee [other](admin-guide.de.md) and [site](https://example.com).\n\n## First step\n\nText.',
  );
  expect(guide.title).toBe('A guide');
  expect(guide.parts).toEqual([{ id: 'first-step', title: 'First step' }]);
  expect(guide.html).toContain('<a href="/help/admin-guide">other</a>');
  expect(guide.html).toContain('<a href="https://example.com">site</a>');
  expect(guide.html).toContain('<h2 id="first-step">First step</h2>');
  expect(guide.html).not.toContain('A guide');
});
