import { type InputOf, Port, query } from '@macrolith/contract';
import { defineModule, LocalModule, RemoteModule } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { Quote, quoteFor, Wish } from './quote.js';

/** The work as a contract, where it is a module's. */
export abstract class Prices extends Port({
  name: 'prices',
  version: '1.0.0',
  operations: { quote: query({ input: Wish, output: Quote }) },
}) {}

@Injectable()
export class PricesService implements Prices {
  async quote(wish: InputOf<Prices['quote']>) {
    return quoteFor(wish);
  }
}

const manifest = defineModule(Prices, { owner: 'team-bench' });

@LocalModule(manifest, { provider: PricesService })
export class LocalPrices {}

@RemoteModule(manifest)
export class RemotePrices {}
