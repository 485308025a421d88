// A mail server for tests: takes every mail and keeps it.
import { createServer } from 'node:net';

/** Listens on a free port; `url` is for STEWARD_SMTP_URL, `mails` holds what came, as text. */
export async function startSmtp() {
  const mails = [];
  const server = createServer((socket) => {
    let rest = '';
    let isData = false;
    const say = (line) => socket.write(`${line}\r\n`);
    const hear = (line) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'DATA') {
        isData = true;
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 fine');
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      rest += chunk;
      for (;;) {
        const end = isData ? '\r\n.\r\n' : '\r\n';
        const at = rest.indexOf(end);
        if (at < 0) return;
        const part = rest.slice(0, at);
        rest = rest.slice(at + end.length);
        if (isData) {
          isData = false;
          mails.push(part);
          say('250 taken');
        } else hear(part);
      }
    });
    say('220 tests');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${server.address().port}`, mails, stop: () => server.close() };
}
