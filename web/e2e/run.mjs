// Runs the browser tests: node e2e/run.mjs [words of file names]
// STEWARD_BIN is the server to test (default: ../target/debug/steward).
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServer } from './support/server.mjs';

/** They need an empty server, or change what every other test would meet: a server for each. */
const OWN = [
  'a11y',
  'administer',
  'categories',
  'first-run',
  'inbox',
  'language',
  'mail-rules',
  'profile',
  'roles',
  'sign-in',
  'sla',
  'states',
  'webhooks',
  'wording',
];

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = ['flows', 'pages']
  .flatMap((folder) => readdirSync(join(here, folder)).map((name) => join(here, folder, name)))
  .filter(
    (file) =>
      file.endsWith('.spec.mjs') && (wanted.length === 0 || wanted.some((word) => basename(file).includes(word))),
  );
const own = files.filter((file) => OWN.includes(basename(file, '.spec.mjs')));
const shared = files.filter((file) => !own.includes(file));

/** Runs some files one after the other; tells whether all went well. */
async function run(some, env) {
  if (some.length === 0) return true;
  const child = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...some], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)));
}

let isGood = true;
if (shared.length > 0) {
  // Starting a server and filling it takes longer than most tests: one serves all that leave others alone.
  const server = await startServer();
  try {
    isGood = await run(shared, { E2E_URL: server.url });
  } finally {
    await server.stop();
  }
}
isGood = (await run(own, { E2E_URL: '' })) && isGood;
process.exit(isGood ? 0 : 1);
