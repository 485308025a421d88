import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(__dirname, '..');
const GENERATED = ['api/gen/', 'app/route-tree.gen.ts'];

interface Source {
  path: string;
  text: string;
  imports: string[];
}

function importsOf(path: string, text: string): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name ?? '');
  return specifiers
    .filter((name) => name.startsWith('@/') || name.startsWith('.'))
    .map((name) => (name.startsWith('@/') ? name.slice(2) : relative(src, resolve(src, dirname(path), name))))
    .filter((name) => !name.startsWith('..'));
}

const sources: Source[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !GENERATED.some((start) => path.startsWith(start)))
  .map((path) => {
    const text = readFileSync(join(src, path), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });
const program = sources.filter(({ path }) => !/\.test\.tsx?$/.test(path) && !path.startsWith('test/'));

const layer = (path: string) => path.split('/')[0] ?? '';
const feature = (path: string) => (path.startsWith('features/') ? path.split('/')[1] : undefined);

/** What each layer may import besides itself. */
const MAY_IMPORT: Record<string, string[]> = {
  lib: [],
  api: ['lib'],
  actions: ['ui', 'lib'],
  ui: ['actions', 'lib'],
  features: ['ui', 'actions', 'api', 'lib'],
  routes: ['features', 'ui', 'actions', 'api', 'lib'],
  app: ['routes', 'features', 'ui', 'actions', 'api', 'lib'],
  'main.tsx': ['app', 'ui', 'lib'],
};

describe('imports', () => {
  it('go down the layers only', () => {
    const wrong = program.flatMap(({ path, imports }) =>
      imports
        .filter((target) => layer(target) !== layer(path) && !(MAY_IMPORT[layer(path)] ?? []).includes(layer(target)))
        .map((target) => `${path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of another feature go through its public file', () => {
    const wrong = program.flatMap(({ path, imports }) =>
      imports
        .filter((target) => feature(path) && feature(target) && feature(path) !== feature(target))
        .filter((target) => !/^features\/[^/]+\/public(-[a-z]+)?$/.test(target))
        .map((target) => `${path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of the generated client are in api alone', () => {
    const wrong = program.filter(
      ({ path, imports }) => layer(path) !== 'api' && imports.some((target) => target.startsWith('api/gen')),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('of the API go through its door', () => {
    const wrong = program.filter(
      ({ path, imports }) => layer(path) !== 'api' && imports.some((target) => target.startsWith('api/')),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('make no circle', () => {
    const byName = new Map(program.map((source) => [source.path.replace(/\.tsx?$/, ''), source]));
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (name: string, trail: string[]) => {
      if (trail.includes(name)) circles.push([...trail.slice(trail.indexOf(name)), name].join(' -> '));
      const source = byName.get(name);
      if (!source || done.has(name) || trail.includes(name)) return;
      const runtime = importsOf(source.path, source.text.replace(/import type [^;]+;/g, ''));
      for (const target of runtime) walk(target, [...trail, name]);
      done.add(name);
    };
    for (const name of byName.keys()) walk(name, []);
    expect(circles).toEqual([]);
  });
});

describe('files', () => {
  it('are named after what they hold', () => {
    const wrong = program
      .filter(({ path }) => layer(path) !== 'routes')
      .filter(({ path, text }) => {
        const name = basename(path).replace(/\.tsx?$/, '');
        const component = new RegExp(`export (?:function|const) ${name}\\b`);
        if (/^[A-Z]/.test(name)) return !path.endsWith('.tsx') || !component.test(text);
        if (name.startsWith('use-')) {
          const hook = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
          return !new RegExp(`export (?:function|const) ${hook}\\w*`).test(text);
        }
        return !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name);
      })
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  it('hold one exported component each', () => {
    const wrong = program.filter(
      ({ path, text }) =>
        /\/[A-Z]\w+\.tsx$/.test(path) &&
        (text.match(/^export (function [A-Z]|const [A-Z]\w+ = memo\()/gm) ?? []).length !== 1,
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('stay short', () => {
    const lines = (text: string) => text.split('\n').length;
    const wrong = program.filter(({ path, text }) => lines(text) > (/\/[A-Z]\w+\.tsx$/.test(path) ? 220 : 400));
    expect(wrong.map(({ path, text }) => `${path}: ${lines(text)} lines`)).toEqual([]);
  });

  it('gather nothing in barrels', () => {
    const wrong = program.filter(({ path }) => /(^|\/)index\.tsx?$/.test(path) && layer(path) !== 'routes');
    expect(wrong.map(({ path }) => path)).toEqual(['api/index.ts']);
  });

  it('of routes only wire: no styles, under 40 lines', () => {
    const routes = program.filter(({ path }) => layer(path) === 'routes');
    const wrong = routes.filter(({ text }) => text.includes('.css') || text.split('\n').length > 40);
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('code', () => {
  it('casts no types outside lib', () => {
    const wrong = program
      .filter(({ path }) => layer(path) !== 'lib')
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .map((line, index) => ({ line, where: `${path}:${index + 1}` }))
          .filter(({ line }) => !/^\s*(\/\/|\*|\/\*)|^import |^\s+\w+ as \w+,$|^export /.test(line))
          .filter(({ line }) => /[\w)\]}] as (?!const\b)[A-Za-z{[]/.test(line.replace(/'[^']*'|`[^`]*`/g, ''))),
      );
    expect(wrong.map(({ where, line }) => `${where} ${line.trim()}`)).toEqual([]);
  });

  it('shows no text that is not translated', () => {
    const wrong = program
      .filter(({ path }) => path.endsWith('.tsx') && path !== 'ui/page/Logo.tsx')
      .flatMap(({ path, text }) =>
        [...text.matchAll(/>\s*([A-Za-z][A-Za-z ,.!?']+)\s*<\/|(?:label|title|placeholder|aria-label)="([^"]+)"/g)].map(
          ([, child, attribute]) => `${path}: ${child ?? attribute}`,
        ),
      );
    expect(wrong).toEqual([]);
  });

  it('refuses no action without a reason', () => {
    // A button that is only grey cannot be reached and does not say why: see ui/action/Refusable.tsx.
    const wrong = program
      .filter(({ path }) => path.endsWith('.tsx'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\sdisabled(?:=|\s|>)/g)]
          .map(({ index }) => [...text.slice(0, index).matchAll(/<([A-Z][\w.]*)/g)].at(-1)?.[1] ?? '')
          .filter((tag) => /^(Button|ActionIcon|UnstyledButton|CloseButton|Menu\.Item|Spotlight\.Action)$/.test(tag))
          .map((tag) => `${path}: ${tag}`),
      );
    expect(wrong).toEqual([]);
  });
});
