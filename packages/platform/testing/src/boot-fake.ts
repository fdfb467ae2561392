import type { AnyPort } from '@macrolith/contract';
import { MacrolithModule, PortRegistry } from '@macrolith/core';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FakePorts } from './fake-ports.js';

export interface RunningFake<P extends AnyPort> {
  readonly port: InstanceType<P>;
  close(): Promise<void>;
}

/** A fake behind the binding that checks and copies: what it answers is held to the contract like the real provider's. */
export async function bootFake<P extends AnyPort>(port: P, fake: InstanceType<P>): Promise<RunningFake<P>> {
  @Module({ imports: [MacrolithModule.forRoot({ checks: true }), FakePorts.with([[port, fake as object]])] })
  class FakeShell {}
  const app: INestApplicationContext = await NestFactory.createApplicationContext(FakeShell, {
    logger: false,
    abortOnError: false,
  });
  return {
    port: app.get(PortRegistry, { strict: false }).use(port, 'test') as InstanceType<P>,
    close: () => app.close(),
  };
}
