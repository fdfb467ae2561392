/** A small program that is started as the shell is: it listens, says so over IPC, and drains on SIGTERM. */
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

const journal = process.env.JOURNAL as string;
const note = (line: string): void => appendFileSync(journal, `${line}\n`);

if (process.env.FAIL_WITH) {
  process.stderr.write(`${process.env.FAIL_WITH}\n`);
  process.exit(1);
}

const server = createServer((request, response) => {
  if (request.url === '/health/ready') note('health asked');
  response.end('ok');
});
server.listen(Number(process.env.PORT), process.env.HOST, () => {
  const { port } = server.address() as AddressInfo;
  note(`listening ${process.pid} ${process.env.DATABASE_URL}`);
  process.send?.({ ready: `http://${process.env.HOST}:${port}` });
});

process.on('SIGTERM', () => {
  note('asked to stop');
  if (process.env.NEVER_DRAIN) return;
  setTimeout(async () => {
    if (await serves(process.env.DATABASE_URL as string)) note('its database serves');
    note('drained');
    process.exit(0);
  }, 300);
});

function serves(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const connection = connect(Number(port), hostname)
      .on('connect', () => {
        connection.destroy();
        resolve(true);
      })
      .on('error', () => resolve(false));
  });
}

process.on('disconnect', () => note('parent gone'));
