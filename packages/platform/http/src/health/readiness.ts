import { Injectable } from '@nestjs/common';
import { Traffic } from '../server/traffic.js';

/** Whether this process should get traffic now. */
export type ReadinessState = 'ready' | 'draining';

/** Decides whether a load balancer should send requests here. */
@Injectable()
export class Readiness {
  constructor(private readonly traffic: Traffic) {}

  async state(): Promise<ReadinessState> {
    return this.traffic.draining ? 'draining' : 'ready';
  }
}
