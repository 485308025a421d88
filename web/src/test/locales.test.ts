import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@/lib/language';

const src = resolve(__dirname, '..');
const locales = resolve(src, '../locales');
const namespaces = readdirSync(join(locales, 'en')).map((file) => file.replace('.json', ''));
const others = Object.keys(LANGUAGES).filter((language) => language !== 'en');

type Texts = Map<string, string>;

function flatten(value: unknown, path: string, into: Texts): Texts {
  if (typeof value === 'string') into.set(path, value);
  else if (value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${key}` : key, into);
  }
  return into;
}

function textsOf(language: string, namespace: string): Texts {
  const file = join(locales, language, `${namespace}.json`);
  return flatten(JSON.parse(readFileSync(file, 'utf8')), '', new Map());
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}|<\/?(\w+)>/g)].map(([all]) => all).sort();
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

describe.each(others)('the texts in %s', (language) => {
  it('are for the same areas as in English', () => {
    const files = readdirSync(join(locales, language)).map((file) => file.replace('.json', ''));
    expect(files.sort()).toEqual([...namespaces].sort());
  });

  it.each(namespaces)('of %s are all there, none too many, with the same placeholders', (namespace) => {
    const source = textsOf('en', namespace);
    const texts = textsOf(language, namespace);
    const missing = [...source.keys()].filter((key) => !texts.get(key)?.trim());
    const extra = [...texts.keys()].filter((key) => !source.has(key));
    const different = [...source].filter(
      ([key, text]) => texts.has(key) && placeholders(text).join() !== placeholders(texts.get(key) ?? '').join(),
    );
    expect({ missing, extra, different: different.map(([key]) => key) }).toEqual({
      missing: [],
      extra: [],
      different: [],
    });
  });

  it.each(namespaces)('of %s are translated: no sentence is the English one', (namespace) => {
    const texts = textsOf(language, namespace);
    const same = [...textsOf('en', namespace)].filter(
      ([key, text]) => text.trim().split(/\s+/).length > 3 && texts.get(key) === text,
    );
    expect(same.map(([key]) => key)).toEqual([]);
  });
});

/** Every text of the program that may name a key: as it is, or with gaps where a template has them. */
function namesInProgram(): { exact: Set<string>; patterns: RegExp[] } {
  const exact = new Set<string>();
  const patterns: RegExp[] = [];
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !/\.test\.|^api\/gen|^test\//.test(path),
  );
  for (const path of files) {
    const text = readFileSync(join(src, path), 'utf8');
    for (const [, single, double] of text.matchAll(/'([\w.:-]+)'|"([\w.:-]+)"/g)) exact.add(single ?? double ?? '');
    for (const [, template] of text.matchAll(/`([\w.:-]*\$\{[^`]*)`/g)) {
      const parts = (template ?? '').split(/\$\{[^}]*\}/);
      if (parts.some((part) => !/^[\w.:-]*$/.test(part)) || parts.join('').length < 2) continue;
      patterns.push(new RegExp(`^(?:\\w+:)?${parts.map((part) => part.replaceAll('.', '\\.')).join('[\\w.-]+')}$`));
    }
  }
  return { exact, patterns };
}

describe('the English texts', () => {
  const { exact, patterns } = namesInProgram();

  it.each(namespaces)('of %s are all in use', (namespace) => {
    const isUsed = (key: string) =>
      exact.has(key) ||
      exact.has(`${namespace}:${key}`) ||
      patterns.some((pattern) => pattern.test(key) || pattern.test(`${namespace}:${key}`));
    const unused = [...textsOf('en', namespace).keys()].filter((key) => !isUsed(key) && !isUsed(withoutPlural(key)));
    expect(unused).toEqual([]);
  });
});
