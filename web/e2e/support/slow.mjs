// What a slow machine and a slow network are like: E2E_SLOW=4 slows the page down fourfold, E2E_DELAY=500
// holds each answer of the API back for 300 to 800 milliseconds, each for as long as chance wants it.
import { request as ask, createServer } from 'node:http';

export const factor = Number(process.env.E2E_SLOW ?? 1);
const delay = Number(process.env.E2E_DELAY ?? 0);

/** How long a step may take, in milliseconds: where all is slow on purpose, what takes long is no finding. */
export const patience = Number(process.env.E2E_TIMEOUT ?? (factor > 1 || delay > 0 ? 60_000 : 30_000));

/** Slows the processor of a page down, as far as E2E_SLOW says. */
export async function slowDown(page) {
  if (factor <= 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
}

/** Part of a delay before the server hears of a request, the rest before the page hears the answer. */
function pauses({ url, headers }) {
  const isStream = url.startsWith('/api/v1/stream');
  // What the tests ask for themselves, as a person at another computer, comes at once.
  if (!url.startsWith('/api/') || isStream || headers['user-agent'] === 'node') return [0, 0];
  const whole = delay * (0.6 + Math.random());
  const before = whole * Math.random();
  return [before, whole - before];
}

/** With E2E_DELAY, what stands between pages and the server at this address; else null. */
export async function startSlowNetwork(origin) {
  if (delay <= 0) return null;
  const { hostname, port: serverPort } = new URL(origin);
  const proxy = createServer((asked, answer) => {
    const [before, after] = pauses(asked);
    setTimeout(() => {
      const { method, url, headers } = asked;
      const passed = ask({ hostname, port: serverPort, method, path: url, headers }, (got) => {
        setTimeout(() => {
          answer.writeHead(got.statusCode, got.headers);
          answer.flushHeaders();
          got.pipe(answer);
        }, after);
      });
      passed.on('error', () => answer.destroy());
      answer.on('close', () => passed.destroy());
      asked.pipe(passed);
    }, before);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    stop: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
