// Runs the browser tests: node e2e/run.mjs [words of file names]
// STEWARD_BIN is the server to test (default: ../target/debug/steward); E2E_LANES files are tested at a time (default: 2).
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeDemo } from './support/server.mjs';

/** They take longest, and begin first: no lane is to wait at the end for one of them. */
const LONG = ['a11y', 'wording', 'states', 'sla', 'work'];
/** More files than that fail because something is broken; fewer may have met a test that is unsteady. */
const MOST_REPEATED = 3;

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const isWanted = (name) => name.endsWith('.spec.mjs') && (!wanted.length || wanted.some((word) => name.includes(word)));
const rank = (file) => (LONG.indexOf(basename(file, '.spec.mjs')) + LONG.length + 1) % (LONG.length + 1);
const files = ['flows', 'pages']
  .flatMap((folder) => readdirSync(join(here, folder)).map((name) => join(here, folder, name)))
  .filter((file) => isWanted(basename(file)))
  .sort((one, other) => rank(one) - rank(other));

const seconds = (since) => Math.round((performance.now() - since) / 1000);
const SUMMARY = /^ℹ (\w+) ([\d.]+)$/;

/** Runs a file on a server of its own; tells how many tests passed, and which failed. */
async function run(file, env) {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--test-reporter=spec', file], { env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  const name = relative(here, file);
  const lines = output.split('\n');
  const counted = lines.map((line) => SUMMARY.exec(line)).find((found) => found?.[1] === 'pass');
  // Several files are under way: what each says stands together, once it has ended.
  console.info(
    `\n== ${name}, ${seconds(begin)} s\n${lines
      .filter((line) => !SUMMARY.test(line))
      .join('\n')
      .trim()}`,
  );
  const failed = lines.flatMap((line) => /^\s*✖ (.+) \([\d.]+ms\)$/.exec(line)?.[1] ?? []);
  return { file, name, isGood: code === 0, passed: Number(counted?.[2] ?? 0), failed: [...new Set(failed)] };
}

/** Runs all files, so many at a time. */
async function runAll(env) {
  const queue = [...files];
  const results = [];
  const lane = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) results.push(await run(file, env));
  };
  await Promise.all(Array.from({ length: Number(process.env.E2E_LANES ?? 2) }, lane));
  return results;
}

/** What failed once and passed when nothing else ran is unsteady, which is told; anything else is an error. */
async function repeat(failed, env) {
  if (failed.length > MOST_REPEATED) return { unsteady: [], broken: failed };
  const unsteady = [];
  const broken = [];
  for (const result of failed) {
    console.info(`\n== once more, alone: ${result.name}`);
    ((await run(result.file, env)).isGood ? unsteady : broken).push(result);
  }
  return { unsteady, broken };
}

const begin = performance.now();
// Writing the records of the demonstration takes longer than most tests: each server begins with a copy of them.
const demo = process.env.E2E_DEMO ?? (await makeDemo());
try {
  const results = await runAll({ E2E_DEMO: demo });
  const { unsteady, broken } = await repeat(
    results.filter((result) => !result.isGood),
    { E2E_DEMO: demo },
  );
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  console.info(`\n${passed} browser tests passed in ${results.length} files, ${seconds(begin)} s`);
  const tell = (word, { name, failed }) => {
    for (const test of failed.length ? failed : ['the file itself']) console.info(`${word}: ${name}: ${test}`);
  };
  for (const result of unsteady) tell('Unsteady', result);
  for (const result of broken) tell('Failed', result);
  process.exitCode = broken.length > 0 ? 1 : 0;
} finally {
  if (!process.env.E2E_DEMO) rmSync(demo, { recursive: true, force: true });
}
