// Runs the browser tests: node e2e/run.mjs [words of file names]
// STEWARD_BIN is the server to test (default: ../target/debug/steward).
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const files = ['flows', 'pages']
  .flatMap((folder) => readdirSync(join(here, folder)).map((name) => join(here, folder, name)))
  .filter(
    (file) =>
      file.endsWith('.spec.mjs') && (wanted.length === 0 || wanted.some((word) => basename(file).includes(word))),
  );
const run = spawnSync(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
