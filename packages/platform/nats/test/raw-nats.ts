import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

/** A connection to NATS that writes what it likes: no client of NATS stands between (https://docs.nats.io/reference/reference-protocols/nats-protocol). */
export class RawNats {
  private constructor(private readonly socket: Socket) {}

  static async connect(port: number): Promise<RawNats> {
    const socket = createConnection(port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'data');
    socket.write('CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\n');
    return new RawNats(socket);
  }

  /** Publishes these bytes as they are. `headers` begins with its version, and ends with an empty line if it is to be well-formed. */
  publish(subject: string, reply: string, headers: string | Buffer, body: string | Buffer): void {
    const [head, rest] = [Buffer.from(headers as string), Buffer.from(body as string)];
    this.socket.write(`HPUB ${subject} ${reply} ${head.length} ${head.length + rest.length}\r\n`);
    this.socket.write(Buffer.concat([head, rest, Buffer.from('\r\n')]));
  }

  /** Resolves when the server has taken everything, or has hung up. */
  async taken(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.socket.once('data', resolve).once('close', resolve);
    this.socket.write('PING\r\n');
    await promise;
    this.socket.off('data', resolve).off('close', resolve);
  }

  close(): void {
    this.socket.destroy();
  }
}
