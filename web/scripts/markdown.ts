// Makes HTML of Markdown while the front end is built: `import guide from './guide.md?html'`.
import { readFile } from 'node:fs/promises';
import { Marked } from 'marked';
import type { Plugin } from 'vite';

interface Guide {
  title: string;
  html: string;
  parts: { id: string; title: string }[];
}

const SUFFIX = '.md?html';

function idOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** A guide with its title apart, the way to its parts, and links to other guides that lead to their pages. */
export function toGuide(markdown: string): Guide {
  const guide: Guide = { title: '', html: '', parts: [] };
  const marked = new Marked({
    renderer: {
      heading({ depth, tokens, text }) {
        if (depth === 1) {
          guide.title = text;
          return '';
        }
        const id = idOf(text);
        if (depth === 2) guide.parts.push({ id, title: text });
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      // The reader has the pages themselves before them.
      image: () => '',
      link({ href, tokens }) {
        const page = /^([\w-]+)(?:\.[a-z]{2})?\.md$/.exec(href)?.[1];
        return `<a href="${page ? `/help/${page}` : href}">${this.parser.parseInline(tokens)}</a>`;
      },
    },
  });
  guide.html = marked.parse(markdown, { async: false }).replaceAll('<p></p>\n', '');
  return guide;
}

export function markdown(): Plugin {
  return {
    name: 'steward-markdown',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const file = id.slice(0, -'?html'.length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(toGuide(await readFile(file, 'utf8')))};`;
    },
  };
}
