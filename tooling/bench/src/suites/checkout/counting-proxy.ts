import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { WireMessages } from './wire-messages.js';

/** What the client ends a request with, in the extended and in the simple protocol: then it waits for ReadyForQuery. */
const REQUEST_ENDS = new Set(['S', 'Q']);
const READY_FOR_QUERY = 'Z';

/**
 * A TCP proxy in front of PostgreSQL that counts round trips: how often a client sent a request while none of its
 * connection was under way. It sees what is on the wire, whoever wrote it.
 */
export class CountingProxy {
  roundTrips = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {
    server.on('connection', (client) => this.pass(client));
  }

  /** Listens on a free port in front of the server of `url`. */
  static async before(url: string): Promise<CountingProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new CountingProxy(server, new URL(url));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** `url`, through this proxy. */
  through(url: string): string {
    const proxied = new URL(url);
    proxied.hostname = '127.0.0.1';
    proxied.port = String((this.server.address() as AddressInfo).port);
    return proxied.href;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private pass(client: Socket): void {
    const database = connect({ host: this.target.hostname, port: Number(this.target.port), noDelay: true });
    const conversation = new Conversation();
    client.on('data', (chunk: Buffer) => {
      this.roundTrips += conversation.requested(chunk);
      database.write(chunk);
    });
    database.on('data', (chunk: Buffer) => {
      conversation.answered(chunk);
      client.write(chunk);
    });
    this.tie(client, database);
    this.tie(database, client);
  }

  /** When one side goes, the other does. */
  private tie(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => other.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }
}

class Conversation {
  private readonly fromClient = new WireMessages(true);
  private readonly fromDatabase = new WireMessages(false);
  /** Requests without an answer. The database's first ReadyForQuery answers the login. */
  private underWay = 1;

  /** The round trips that begin with this chunk: one or none. */
  requested(chunk: Buffer): number {
    const requests = this.fromClient.push(chunk).filter((type) => REQUEST_ENDS.has(type)).length;
    const begins = requests > 0 && this.underWay === 0;
    this.underWay += requests;
    return begins ? 1 : 0;
  }

  answered(chunk: Buffer): void {
    this.underWay -= this.fromDatabase.push(chunk).filter((type) => type === READY_FOR_QUERY).length;
  }
}
