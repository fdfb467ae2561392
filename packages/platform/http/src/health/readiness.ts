import { Injectable, Logger } from '@nestjs/common';
import { Traffic } from '../server/traffic.js';
import { DatabasePing } from './database-ping.js';

/** Whether this process should get traffic now, and if not, why. */
export type ReadinessState = 'ready' | 'draining' | 'unavailable';

/** Shorter than the second that orchestrators wait for a probe. */
const PING_TIMEOUT_MS = 800;

/** Decides whether a load balancer should send requests here. */
@Injectable()
export class Readiness {
  private readonly logger = new Logger('Readiness');

  constructor(
    private readonly traffic: Traffic,
    private readonly database: DatabasePing,
  ) {}

  async state(): Promise<ReadinessState> {
    if (this.traffic.draining) return 'draining';
    try {
      await this.database.answer(PING_TIMEOUT_MS);
      return 'ready';
    } catch (error) {
      this.logger.warn({ err: error }, 'The database does not answer');
      return 'unavailable';
    }
  }
}
