import { expect, it } from 'vitest';
import { withTicketLinks } from './ticket-links';

const link = (number: string, words = number) =>
  `<a href="/agent/incidents/${number}" data-ticket="${number}">${words}</a>`;

it.each([
  ['<p>As in INC-001042.</p>', `<p>As in ${link('INC-001042')}.</p>`],
  ['<p>#INC-001042, INC-000007</p>', `<p>${link('INC-001042', '#INC-001042')}, ${link('INC-000007')}</p>`],
  ['<p>a &lt; b, <b>INC-001042</b></p>', `<p>a &lt; b, <b>${link('INC-001042')}</b></p>`],
])('links the numbers in %s', (html, expected) => {
  expect(withTicketLinks(html)).toBe(expected);
});

it.each([
  '<p>Nothing here</p>',
  '<p><a href="https://example.com/">INC-001042</a></p>',
  '<pre><code>INC-001042</code></pre>',
  '<p>INC-42, XINC-001042, INC-001042-a, /INC-001042</p>',
  // What was escaped stays escaped.
  '<p>&lt;img src=x onerror=alert(1)&gt;</p>',
])('leaves %s alone', (html) => {
  expect(withTicketLinks(html)).toBe(html);
});

it('never turns escaped words into elements', () => {
  const html = withTicketLinks('<p>&lt;img src=x&gt; INC-001042</p>');
  expect(html).toContain('&lt;img src=x&gt;');
  expect(html).not.toContain('<img');
});
