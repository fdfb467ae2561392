import { Controller, Get, Header } from '@nestjs/common';
import { RequestRefused } from '../problem/request-refused.js';
import { Readiness, type ReadinessState } from './readiness.js';

const REASONS: Readonly<Record<Exclude<ReadinessState, 'ready'>, string>> = {
  draining: 'This process is shutting down: it finishes what it has begun, and wants nothing new.',
  unavailable: 'The database does not answer.',
};

/** For orchestrators and load balancers. */
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The process runs and answers. Failing means: restart it. So it asks nothing of anybody else. */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** The process can do its work. Failing means: send requests elsewhere for a while. */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(): Promise<{ status: 'ready' }> {
    const state = await this.readiness.state();
    if (state !== 'ready') throw new RequestRefused(503, `macrolith.${state}`, REASONS[state]);
    return { status: state };
  }
}
