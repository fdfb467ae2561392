import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and PostgreSQL and counts round trips as the network sees them. */
export interface TurnCountingProxy {
  readonly url: string;
  /** How often a client began to send after the server had spoken. */
  readonly turns: number;
  /** Breaks every connection, as a network does that fails. */
  cut(): void;
  close(): Promise<void>;
}

/** With `chunkBytes`, what the client sends arrives in pieces of that size, as on a network that breaks packets up. */
export async function startTurnCountingProxy(databaseUrl: string, chunkBytes?: number): Promise<TurnCountingProxy> {
  const target = new URL(databaseUrl);
  let turns = 0;
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    let serverSpokeLast = true;
    clients.add(client);
    client.on('data', (data) => {
      if (serverSpokeLast) turns += 1;
      serverSpokeLast = false;
      for (const piece of pieces(data, chunkBytes)) upstream.write(piece);
    });
    upstream.on('data', (data) => {
      serverSpokeLast = true;
      client.write(data);
    });
    client.on('close', () => {
      clients.delete(client);
      upstream.destroy();
    });
    client.on('error', () => {});
    upstream.on('close', () => client.destroy()).on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    get turns() {
      return turns;
    },
    cut() {
      for (const client of clients) client.destroy();
    },
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}

function* pieces(data: Buffer, chunkBytes = data.length): Generator<Buffer> {
  for (let at = 0; at < data.length; at += chunkBytes) yield data.subarray(at, at + chunkBytes);
}
