import { type NatsServer, startNats } from '@macrolith/local-services';
import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';

/** Shows messages as a real nats-server brings them. */
export class PostOffice {
  private onMessage = (_: Msg): void => {};

  private constructor(
    readonly nats: NatsServer,
    readonly connection: NatsConnection,
  ) {}

  static async open(): Promise<PostOffice> {
    const nats = await startNats();
    const connection = await connect({ servers: nats.url });
    const office = new PostOffice(nats, connection);
    connection.subscribe('post.>', { callback: (_, message) => office.onMessage(message) });
    return office;
  }

  /** The message that `publish` publishes under `post.`. */
  brought(publish: (connection: NatsConnection) => void): Promise<Msg> {
    const { promise, resolve } = Promise.withResolvers<Msg>();
    this.onMessage = resolve;
    publish(this.connection);
    return promise;
  }

  async close(): Promise<void> {
    await this.connection.close();
    await this.nats.stop();
  }
}
