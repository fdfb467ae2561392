import { createConnection } from 'node:net';
import {
  type NatsConnection,
  NatsConnectionImpl,
  type NodeConnectionOptions,
  setTransportFactory,
} from '@nats-io/transport-node';
// There is no other way to the transport that the package comes with (as of 3.4.0).
import { NodeTransport, nodeResolveHost } from '@nats-io/transport-node/lib/node_transport.js';

/** Most bytes that are read from the network at once. */
const READ_BYTES = 64 * 1_024;

type Read = IteratorResult<Uint8Array, undefined>;
type Socket = NodeTransport['socket'];

/**
 * Connects as `connect` of the client of NATS does, but by our transport. Which one new connections get is a setting of the whole
 * process there: should somebody else's `connect` set it back, a connection that is made anew works as well, and a little slower.
 */
export function connectDirectly(options: NodeConnectionOptions): Promise<NatsConnection> {
  setTransportFactory({ factory: () => new DirectTransport(), dnsResolveFn: nodeResolveHost });
  return NatsConnectionImpl.connect(options);
}

/**
 * The transport of the client of NATS with a shorter way between a socket and the reading of the protocol, which
 * is gone four times in a call: what arrives is copied out of one piece of memory in place of a new one for each read, and waited
 * for by one promise in place of a generator; what is sent is handed to the socket without a promise that nobody looks at. It
 * negotiates TLS and closes as before.
 */
class DirectTransport extends NodeTransport {
  private waits: ((read: Read) => void) | undefined;

  override dial({ hostname, port }: { hostname: string; port: number }): Promise<Socket> {
    const { promise, resolve, reject } = Promise.withResolvers<Socket>();
    const socket: Socket = createConnection({
      host: hostname,
      port,
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        // Messages are parts of what is handed on, and may be kept: the memory is read into again at once.
        callback: (count, memory) => {
          socket.emit('data', Buffer.from(memory.subarray(0, count)));
          return true;
        },
      },
    });
    let failure: Error | undefined;
    socket.on('error', (error) => {
      failure = error;
    });
    socket.on('close', () => reject(failure));
    socket.on('connect', () => {
      socket.removeAllListeners();
      resolve(socket);
    });
    return promise;
  }

  override setupHandlers(): void {
    super.setupHandlers();
    void this.closed().then(() => this.hand({ done: true, value: undefined }));
    this.socket.removeAllListeners('data');
    this.socket.on('data', (bytes) => {
      if (this.waits === undefined) this.yields.push(bytes);
      else this.hand({ done: false, value: bytes });
    });
  }

  override [Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array> {
    const reads = { next: () => this.next(), [Symbol.asyncIterator]: () => reads };
    return reads;
  }

  override send(frame: Uint8Array): void {
    // What cannot be written is told by the socket's own error, or found out by the next ping.
    if (!this.isClosed) this.socket?.write(frame);
  }

  private next(): Promise<Read> {
    const value = this.yields.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.isClosed) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.waits = resolve;
    });
  }

  private hand(read: Read): void {
    const waits = this.waits;
    this.waits = undefined;
    waits?.(read);
  }
}
