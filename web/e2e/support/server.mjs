// A server for tests: temporary data, a free port, demo records.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signInToApi, until } from './api.mjs';
import { startSlowNetwork } from './slow.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const binary = process.env.STEWARD_BIN ?? join(target, 'debug/steward');

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function isReady(url) {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** With E2E_PREVIEW the front end comes from web/dist as it is now, without building the server again. */
async function startPreview(server) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const vite = join(root, 'web/node_modules/vite/bin/vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'preview', '--host', '127.0.0.1', '--port', String(port), '--strictPort'],
    {
      cwd: join(root, 'web'),
      env: { ...process.env, STEWARD_URL: server },
      stdio: 'ignore',
    },
  );
  const deadline = Date.now() + 60_000;
  while (
    !(await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error('vite preview did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, stop: () => child.kill('SIGTERM') };
}

/** Starts the program on these data and waits until it answers. */
async function launchServer(data, args, settings = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, STEWARD_DATA_DIR: data, STEWARD_LISTEN: `127.0.0.1:${port}`, STEWARD_PUBLIC_URL: url };
  delete env.STEWARD_DATABASE_URL;
  // The tests sign in far more often than people do.
  env.STEWARD_RATE_LIMIT_LOGIN = '10000';
  env.STEWARD_RATE_LIMIT_USER = '100000';
  env.STEWARD_RATE_LIMIT_ADDRESS = '100000';
  Object.assign(env, settings);
  const child = spawn(binary, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      log = (log + chunk).slice(-20_000);
    });
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const deadline = Date.now() + DEMO_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the server did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    env,
    log: () => log,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function needBinary() {
  if (!existsSync(binary)) throw new Error(`build the server first: ${binary} is missing`);
}

/** A debug server on a busy machine takes its time to write the demo records. */
const DEMO_MS = 240_000;

const newFolder = () => mkdtempSync(join(tmpdir(), 'steward-e2e-'));

/** Writes the demo records once; returns the folder of their data, for servers to start with a copy of it. */
export async function makeDemo() {
  needBinary();
  const data = newFolder();
  const server = await launchServer(data, ['serve', '--demo']);
  // Thousands of records make work for the background, which each copy would do again while it is tested.
  const api = await signInToApi(server.url, 'admin@example.com');
  const isQuiet = async () => !(await api('GET', '/jobs/counts')).data.some(({ kind }) => kind === 'events.react');
  await until(isQuiet, DEMO_MS);
  await server.stop();
  return data;
}

/** Starts a server with demo records, an empty one, or one on a database that is there; `stop` ends it and removes its data. */
export async function startServer({ isEmpty = false, isOwn = false, database } = {}) {
  // One that runs already: kept while a test is being written.
  if (process.env.E2E_URL && !isEmpty && !isOwn)
    return { url: process.env.E2E_URL, log: () => '', stop: async () => undefined };
  needBinary();
  const data = newFolder();
  // Data of a server that was started with --demo and stopped: writing the records again takes its time.
  if (process.env.E2E_DEMO && !isEmpty) cpSync(process.env.E2E_DEMO, data, { recursive: true });
  const args = isEmpty || database ? ['serve'] : ['serve', '--demo'];
  const server = await launchServer(data, args, database ? { STEWARD_DATABASE_URL: database } : {});
  const front = process.env.E2E_PREVIEW ? await startPreview(server.url) : null;
  const network = await startSlowNetwork(front?.url ?? server.url);
  return {
    url: network?.url ?? front?.url ?? server.url,
    log: server.log,
    /** Hands a message over as a mail server does; returns the exit status. */
    receive: (message, mailbox) =>
      spawnSync(binary, ['mail', 'receive', '--mailbox', mailbox], { env: server.env, input: message }).status,
    stop: async () => {
      network?.stop();
      front?.stop();
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
