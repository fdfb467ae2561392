import { isDeepStrictEqual } from 'node:util';
import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { NatsLink } from './nats-link.js';
import type { NatsPlace } from './nats-place.js';

/** The connections of this process to NATS: one for calls and events together, unless they are told of different places. */
@Injectable()
export class NatsConnections implements OnApplicationShutdown {
  private readonly links: NatsLink[] = [];

  /** The connection to a place: the one that is there already, else a new one that begins to connect. */
  to({ servers, system, connection }: NatsPlace): NatsLink {
    const place = { servers: [servers].flat(), system, connection };
    const known = this.links.find((link) => isDeepStrictEqual(link.place, place));
    if (known !== undefined) return known;
    const link = new NatsLink(place);
    this.links.push(link);
    return link;
  }

  /** After everything that is served or delivered over them has ended. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.links.map((link) => link.close()));
  }
}

@Module({ providers: [NatsConnections], exports: [NatsConnections] })
export class NatsConnectionModule {}
