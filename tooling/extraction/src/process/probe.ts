import { type AnyPort } from '@macrolith/contract';
import { PlatformError, PortRegistry } from '@macrolith/core';
import { type Circuit, NatsCalls, RemoteUnavailable } from '@macrolith/nats';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { Tally } from '../tally/tally.js';

/** How one call of a port ended, as its caller in the same process sees it. */
export interface Probed {
  readonly call: string;
  readonly tookMs: number;
  /** The error's code, and why the module is unavailable where it says so: `macrolith.remote-unavailable, circuit-open`. */
  readonly failure: string | undefined;
}

/** Calls the port from within the shell and measures how long that takes: HTTP is left out. */
@Controller('probe')
export class Probe {
  private readonly port: Tally;

  constructor(
    registry: PortRegistry,
    private readonly calls: NatsCalls,
  ) {
    this.port = registry.use(Tally as AnyPort, 'probe') as Tally;
  }

  @Get('circuit')
  circuit(): { readonly circuit: Circuit | undefined } {
    return { circuit: this.calls.remoteModules.find(({ module }) => module === 'tally')?.circuit };
  }

  /** One call after the other. */
  @Post()
  async probe(@Body() { calls }: { readonly calls: readonly string[] }): Promise<readonly Probed[]> {
    const probed: Probed[] = [];
    for (const call of calls) {
      const begunAt = performance.now();
      const failure = await this.port.look({ call }).then(() => undefined, nameOf);
      probed.push({ call, tookMs: performance.now() - begunAt, failure });
    }
    return probed;
  }
}

function nameOf(error: unknown): string {
  if (error instanceof RemoteUnavailable) return `${error.code}, ${error.reason}`;
  return error instanceof PlatformError ? error.code : String(error);
}
