import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxyFactory, MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { type Quote, quoteFor, type Wish } from '../quote.js';
import type { Office } from './office.js';

const PATTERN = 'nest.quote';

@Controller()
class QuoteController {
  @MessagePattern(PATTERN)
  quote(wish: Wish): Quote {
    return quoteFor(wish);
  }
}

@Module({ controllers: [QuoteController] })
class QuoteModule {}

/** The transport that comes with Nest. */
export const nestOffice: Office = {
  name: "Nest's stock transport",
  async serve(natsUrl) {
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(QuoteModule, {
      transport: Transport.NATS,
      options: { servers: [natsUrl], queue: 'nest' },
      logger: false,
    });
    await app.listen();
    return () => app.close();
  },
  async customer(natsUrl) {
    const client = ClientProxyFactory.create({ transport: Transport.NATS, options: { servers: [natsUrl] } });
    await client.connect();
    return {
      ask: (wish) => firstValueFrom(client.send<Quote, Wish>(PATTERN, wish)),
      close: async () => void (await client.close()),
    };
  },
};
