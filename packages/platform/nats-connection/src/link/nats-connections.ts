import { isDeepStrictEqual } from 'node:util';
import { Shutdown } from '@macrolith/core';
import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { NatsLink } from './nats-link.js';
import { type GivenNatsPlace, natsPlace } from './nats-place.js';

/** DI token of where NATS is for this process, unless somebody says otherwise. */
const USUAL_PLACE = Symbol('macrolith.nats-place');

/** The connections of this process to NATS: one for calls and events together, unless they are told of different places. */
@Injectable()
export class NatsConnections implements OnApplicationShutdown {
  private readonly links: NatsLink[] = [];

  constructor(
    @Optional() @Inject(USUAL_PLACE) private readonly usual: GivenNatsPlace = {},
    @Optional() private readonly shutdown: Shutdown = new Shutdown(),
  ) {}

  /**
   * The connection to a place: the one that is there already, else a new one that begins to connect. What is not given is as
   * `NatsConnectionModule.at` says, if the process has that.
   */
  to({ servers, system, connection }: GivenNatsPlace): NatsLink {
    const place = natsPlace({
      servers: servers ?? this.usual.servers,
      system: system ?? this.usual.system,
      connection: connection ?? this.usual.connection,
    });
    const known = this.links.find((link) => isDeepStrictEqual(link.place, place));
    if (known !== undefined) return known;
    const link = new NatsLink(place, this.shutdown);
    this.links.push(link);
    return link;
  }

  /** After everything that is served or delivered over them has ended. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.links.map((link) => link.close()));
  }
}

@Module({})
class UsualPlace {}

@Module({ providers: [NatsConnections], exports: [NatsConnections] })
export class NatsConnectionModule {
  /** Says once for the whole process where NATS is and as whom it comes there, to calls and to events. */
  static at(place: GivenNatsPlace): DynamicModule {
    return {
      module: UsualPlace,
      global: true,
      providers: [{ provide: USUAL_PLACE, useValue: place }],
      exports: [USUAL_PLACE],
    };
  }
}
