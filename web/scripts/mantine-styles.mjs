// Writes src/app/mantine.css: the styles of the Mantine components in use, in Mantine's own order.
// What only the administration uses goes to a file of its own, which comes with its pages.
//   node scripts/mantine-styles.mjs          writes the file
//   node scripts/mantine-styles.mjs --check  fails when it is not what it should be
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const mantine = join(web, 'node_modules/@mantine');
const styles = join(mantine, 'core/styles');
const target = join(web, 'src/app/mantine.css');
const adminTarget = join(web, 'src/features/admin/mantine-admin.css');
/** Folders of src that only pages of the administration draw. */
const ADMIN =
  /src\/(features\/(admin|people|roles|categories|mail|settings|operations|sla)|ui\/(list|record|condition-builder))\//;
const BASE = ['baseline', 'default-css-variables', 'global'];

function files(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Names that a file takes from @mantine/core. */
function namesIn(file) {
  const imports = readFileSync(file, 'utf8').matchAll(/import \{([^}]*)\} from ['"]@mantine\/core['"]/g);
  return [...imports].flatMap(([, names]) => names.split(',').map((name) => name.replace(/^\s*type\s+/, '').trim()));
}

/** Folders of components that a component's own code uses. */
function usedBy(component) {
  const folders = ['components', 'utils'].map((part) => join(mantine, 'core/esm', part, component));
  const folder = folders.find((each) => existsSync(each));
  if (!folder) return [];
  return files(folder, /\.mjs$/).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from "(?:\.\.\/)+(?:utils\/|components\/)?([A-Z]\w+)\//g)].map(
      ([, name]) => name,
    ),
  );
}

function closure(names) {
  const used = new Set();
  const walk = (name) => {
    if (!name || used.has(name)) return;
    used.add(name);
    usedBy(name).forEach(walk);
  };
  names.forEach(walk);
  return used;
}

const ours = files(join(web, 'src'), /\.tsx?$/);
const theirs = ['notifications', 'spotlight'].flatMap((name) =>
  files(join(mantine, name, 'esm'), /\.mjs$/).flatMap(namesIn),
);
const used = closure([...ours.filter((file) => !ADMIN.test(file)).flatMap(namesIn), ...theirs]);
const usedByAdmin = closure(ours.filter((file) => ADMIN.test(file)).flatMap(namesIn));

const all = readFileSync(join(styles, '../styles.layer.css'), 'utf8');
const place = (name) => {
  const [first] = /\.m_[0-9a-f]+/.exec(readFileSync(join(styles, `${name}.layer.css`), 'utf8')) ?? [];
  return first ? all.indexOf(first) : -1;
};
const components = readdirSync(styles)
  .filter((name) => name.endsWith('.layer.css'))
  .map((name) => name.replace('.layer.css', ''))
  .filter((name) => !BASE.includes(name))
  .toSorted((a, b) => place(a) - place(b));
const among = (names) =>
  components.filter((name) =>
    [...names].some((component) => name === component || name.startsWith(`${component}Indicator`)),
  );
const lines = [...BASE.filter((name) => existsSync(join(styles, `${name}.layer.css`))), ...among(used)];
const adminLines = among(usedByAdmin).filter((name) => !lines.includes(name));
const textOf = (names) =>
  `/* Written by scripts/mantine-styles.mjs from the components in use. */\n${names
    .map((name) => `@import "@mantine/core/styles/${name}.layer.css";`)
    .join('\n')}\n`;

for (const [file, text] of [
  [target, textOf(lines)],
  [adminTarget, textOf(adminLines)],
]) {
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not up to date: run npm run styles`);
    process.exit(1);
  }
}
console.log(`${lines.length} files of styles, ${adminLines.length} more for the administration`);
