// What the pseudo-locale shows: words that nobody translates, and words that do not fit.

/** Members of answers whose values people wrote, or that name what is theirs. */
const WRITTEN = new Set(
  `name title number email username first_name last_name phone subject text description description_html help
  path category subcategory tags address domain url sender_domain time_zone version excerpt last_error answer permission password`.split(
    /\s+/,
  ),
);
/** Words that an answer explains the program with: the screen has its own for them. */
const EXPLAINED = /\/(permissions|reports|expressions|system)(\/|\?|$)/;

/** Gathers from every answer of the API what people wrote, as texts. */
export function gatherData(page) {
  const data = new Set();
  const read = (value, key) => {
    if (typeof value === 'string') {
      if (WRITTEN.has(key)) data.add(value.trim());
    } else if (Array.isArray(value)) for (const each of value) read(each, key);
    else if (value && typeof value === 'object') for (const [name, inner] of Object.entries(value)) read(inner, name);
  };
  page.on('response', async (response) => {
    const address = new URL(response.url()).pathname;
    const isJson = (response.headers()['content-type'] ?? '').startsWith('application/json');
    if (!address.startsWith('/api/') || !isJson || EXPLAINED.test(address)) return;
    // A page that is left takes the bodies of its answers with it.
    const body = await response.json().catch(() => null);
    read(body, '');
  });
  return data;
}

/** Texts of the page that are in no catalogue: the pseudo-locale leaves no a, c, e, i, n, o or u as it is. */
export function untranslated(page, data) {
  return page.evaluate(
    (written) => {
      // Code, instants and whole texts in a language that they name.
      const skip = 'code, pre, kbd, time, .prose, textarea, body [lang], svg, title, script, style, noscript';
      const known = written.filter((text) => text.length > 1).sort((a, b) => b.length - a.length);
      // Addresses, ids, filters and events as they are typed, code of templates, names of settings.
      const SYNTAX =
        /https?:\/\/\S+|\S+@\S+|[0-9a-f]{8}-[0-9a-f-]{27}|[a-z]+:("[^"]+"|[a-z]+)|[a-z_]+\.([a-z_]+|\*)|\{\{[^}]*\}\}|\{%[^}]*%\}|[A-Z]+_[A-Z_]+/g;
      const NOT_WORDS = [
        // Proper names.
        /Steward|English|Deutsch|Chrome|Linux|\bnode\b|SQLite|PostgreSQL/g,
        // Days, instants, lengths of time and sizes, as the browser writes them.
        /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b[AP]M\b/g,
        /\b\d+ ?(second|sec|minute|min|hour|hr|day|week|wk|month|mo|year|yr|byte|[kMG]B|[smhdw])s?\b/g,
        /\b(yesterday|today|tomorrow|now|last|next|this|in|ago|at|and|or) ?/g,
      ];
      const found = new Set();
      const look = (text, where = '') => {
        let rest = text.replaceAll(SYNTAX, ' ');
        for (const words of known) rest = rest.replaceAll(words, ' ');
        for (const pattern of NOT_WORDS) rest = rest.replaceAll(pattern, ' ');
        if (/\p{L}{1,}[aeioucnAEO]|[aeioucnAEO]\p{L}{1,}/u.test(rest)) found.add(where ? `${where}: ${text}` : text);
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.textContent.trim() || !parent || parent.closest(skip) || !parent.checkVisibility()) continue;
        // A text in which words are marked is one text.
        const whole = parent.closest('mark')?.parentElement ?? (parent.querySelector(':scope > mark') ? parent : node);
        look(whole.textContent.trim());
      }
      for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt], input')) {
        if (element.closest(`[aria-hidden="true"], ${skip}`) || element.type === 'hidden') continue;
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
          if (element.getAttribute(name)) look(element.getAttribute(name), name);
        }
        const isTyped = element.type === 'search' || element.closest('[role=search]');
        const isChosen = element.tagName === 'INPUT' && !['radio', 'checkbox'].includes(element.type);
        if (isChosen && !isTyped) look(element.value, 'value');
      }
      // A guide is there in its own language.
      if (!document.querySelector('body [lang] h1')) look(document.title, 'title of the page');
      return [...found];
    },
    [...data],
  );
}

/** Buttons, links, tabs, marks and heads of tables whose words are cut off. */
export function clipped(page) {
  return page.evaluate(() => {
    // The head of a table on a phone is there for screen readers only; cells are as wide as the reader makes them.
    const isSeen = (element) => !element.closest('td') && element.closest('thead, a, button, body').clientWidth > 1;
    const shown = (element) => element.checkVisibility() && element.textContent.trim() && isSeen(element);
    const parts = 'button, a, [role=menuitem], [role=tab], [role=option], th, label, .mantine-Badge-root, dt';
    const inner = '.mantine-Button-label, .mantine-Badge-label, .mantine-SegmentedControl-innerLabel';
    return [...document.querySelectorAll(parts)]
      .filter(shown)
      .flatMap((element) => [element, ...element.querySelectorAll(inner)])
      .filter((element) => getComputedStyle(element).display !== 'inline')
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()} "${element.textContent.trim()}"`);
  });
}
