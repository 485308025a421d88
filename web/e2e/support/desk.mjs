// What every file of browser tests begins with and leaves behind.
import { after } from 'node:test';
import { launch } from './browser.mjs';
import { startServer } from './server.mjs';

/** A server and a browser for the tests of a file; both end with it. */
export async function startDesk(options) {
  const server = await startServer(options);
  const browser = await launch();
  after(async () => {
    await browser.close();
    await server.stop();
  });
  return { server, browser };
}
