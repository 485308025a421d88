// Fails when the built front end outgrows its budgets: node e2e/perf/budget.mjs
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const kB = (bytes) => Math.round(bytes / 100) / 10;
const sizes = new Map();

function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return sizes.get(file);
}

/** Everything that a browser loads before it can draw the given chunks. */
function filesOf(keys) {
  const files = new Set();
  const walk = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) walk(next);
  };
  keys.forEach(walk);
  return [...files];
}

const route = (name) => {
  const key = Object.keys(manifest).find((each) => each.startsWith(`src/routes/${name}.tsx?tsr-split=component`));
  if (!key) throw new Error(`no chunk of the route ${name}`);
  return key;
};
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const sum = (files, ending) => files.filter((file) => file.endsWith(ending)).reduce((all, file) => all + size(file), 0);

const entryFiles = filesOf([entry]);
const queue = filesOf([entry, route('_app/agent'), route('_app/agent/tickets.index')]);
const portal = filesOf([entry, route('_app/portal'), route('_app/portal/index')]);
const lazy = Object.values(manifest)
  .filter((chunk) => chunk.isDynamicEntry)
  .map((chunk) => [chunk.file, size(chunk.file)])
  .toSorted((a, b) => b[1] - a[1])[0];

const budgets = [
  ['entry JS', sum(entryFiles, '.js'), 210],
  ['cold /agent/tickets JS + CSS', sum(queue, '.js') + sum(queue, '.css'), 305],
  ['cold /portal JS + CSS', sum(portal, '.js') + sum(portal, '.css'), 270],
  [`largest lazy chunk (${lazy[0]})`, lazy[1], 170],
];
let isOver = false;
for (const [what, bytes, limit] of budgets) {
  const over = bytes > limit * 1000;
  isOver ||= over;
  console.log(`${over ? 'OVER' : 'ok  '} ${what}: ${kB(bytes)} kB gzip of ${limit}`);
}
process.exit(isOver ? 1 : 0);
