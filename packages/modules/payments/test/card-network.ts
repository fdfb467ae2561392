import { disposableSandbox } from '@macrolith/payment-sandbox-process';
import { Global, Module, type Type } from '@nestjs/common';
import { CardNetworkOptions } from '../src/local.js';

export type CardSandbox = Awaited<ReturnType<typeof disposableSandbox>>;

/** Lets the module under test reach a sandbox. It waits shorter than in production, so that time-outs can be tested. */
export function reaching({ url, secrets }: CardSandbox, timeoutMs = 500): Type {
  const options = new CardNetworkOptions({ url, ...secrets, timeoutMs });

  @Global()
  @Module({ providers: [{ provide: CardNetworkOptions, useValue: options }], exports: [CardNetworkOptions] })
  class Network {}
  return Network;
}

export { disposableSandbox };
