import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Conversation, type Moment } from './conversation.ts';
import { ENCRYPTION_REQUESTS, MessageSplitter, requestCodeOf, type WireMessage } from './messages.ts';

/** PostgreSQL's answer to a client that asks for encryption: there is none. */
const UNENCRYPTED = 'N';

/**
 * Stands between a program and its PostgreSQL, on loopback, and sees every statement pass. Once it holds, nothing passes any
 * more in either direction, on any connection: the program has died as far as the database can tell.
 */
export class PostgresProxy {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private readonly target: URL;
  private readonly holdsAt: (moment: Moment) => boolean;
  private isHolding = false;

  private constructor(server: Server, target: URL, holdsAt: (moment: Moment) => boolean) {
    this.server = server;
    this.target = target;
    this.holdsAt = holdsAt;
  }

  /** @param holdsAt asked at every moment, in order; true holds everything before the moment passes */
  static async start(databaseUrl: string, holdsAt: (moment: Moment) => boolean): Promise<PostgresProxy> {
    // Each message is passed on by itself; without this it would wait for the answer to the one before.
    const server = createServer({ noDelay: true });
    const proxy = new PostgresProxy(server, new URL(databaseUrl), holdsAt);
    server.on('connection', (program) => proxy.connect(program));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The database's URL as the program has to know it. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  async stop(): Promise<void> {
    this.isHolding = true;
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }

  private connect(program: Socket): void {
    const { hostname: host, port } = this.target;
    const database = connect({ host, port: Number(port || 5432), noDelay: true });
    const conversation = new Conversation();
    const fromProgram = new MessageSplitter('client');
    const fromDatabase = new MessageSplitter('server');
    program.on('data', (chunk) => {
      for (const message of fromProgram.split(chunk)) {
        const moment = conversation.sent(message);
        if (this.holds(moment === undefined ? [] : [moment])) return;
        if (asksForEncryption(message)) program.write(UNENCRYPTED);
        else database.write(message.bytes);
      }
    });
    database.on('data', (chunk) => {
      for (const message of fromDatabase.split(chunk)) {
        if (this.holds(conversation.answered(message))) return;
        program.write(message.bytes);
      }
    });
    this.join(program, database);
    this.join(database, program);
  }

  private holds(moments: readonly Moment[]): boolean {
    for (const moment of moments) {
      if (this.isHolding) break;
      this.isHolding = this.holdsAt(moment);
    }
    return this.isHolding;
  }

  /** One end does not outlive the other. */
  private join(socket: Socket, other: Socket): void {
    this.sockets.add(socket);
    // What a killed program leaves behind is a connection that was reset.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.sockets.delete(socket);
      other.destroy();
    });
  }
}

function asksForEncryption({ type, bytes }: WireMessage): boolean {
  return type === undefined && ENCRYPTION_REQUESTS.has(requestCodeOf(bytes));
}
