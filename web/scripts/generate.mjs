// Writes src/api/gen from the OpenAPI document that the server prints.
//   node scripts/generate.mjs            runs the server from source
//   STEWARD_BIN=path node scripts/…      uses a built binary
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'steward-openapi-'));
try {
  const file = process.env.STEWARD_OPENAPI ?? join(folder, 'openapi.json');
  if (!process.env.STEWARD_OPENAPI) {
    const [command, ...args] = process.env.STEWARD_BIN
      ? [process.env.STEWARD_BIN, 'openapi']
      : ['cargo', 'run', '-q', '-p', 'steward-server', '--', 'openapi'];
    const document = execFileSync(command, args, {
      cwd: join(web, '..'),
      maxBuffer: 64 * 1024 * 1024,
    });
    writeFileSync(file, document);
  }
  execFileSync(process.execPath, ['node_modules/@hey-api/openapi-ts/bin/run.js'], {
    cwd: web,
    stdio: 'inherit',
    env: { ...process.env, STEWARD_OPENAPI: file },
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
