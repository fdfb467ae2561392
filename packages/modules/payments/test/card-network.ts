import { disposableSandbox } from '@macrolith/payment-sandbox-process';
import { Global, Module, type Type } from '@nestjs/common';
import { CardNetworkOptions } from '../src/local.js';

export type CardSandbox = Awaited<ReturnType<typeof disposableSandbox>>;

/** Longer than any answer takes that comes at all, so that only what a test holds back is given up. */
const PATIENT_MS = 10_000;
const HASTY_MS = 500;

/** A sandbox as the network of a module under test, which can be told to give up sooner for a while. */
export class ReachedSandbox extends CardNetworkOptions {
  override timeoutMs = PATIENT_MS;

  constructor({ url, secrets }: CardSandbox) {
    super({ url, ...secrets });
  }

  /** What the network is asked meanwhile is soon given up. */
  async hastily<T>(work: () => Promise<T>): Promise<T> {
    this.timeoutMs = HASTY_MS;
    try {
      return await work();
    } finally {
      this.timeoutMs = PATIENT_MS;
    }
  }
}

/** Lets the module under test reach a sandbox. */
export function reaching(sandbox: ReachedSandbox): Type {
  @Global()
  @Module({ providers: [{ provide: CardNetworkOptions, useValue: sandbox }], exports: [CardNetworkOptions] })
  class Network {}
  return Network;
}

export { disposableSandbox };
