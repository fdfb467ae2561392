import { Injectable } from '@nestjs/common';
import { Telemetry } from './telemetry.js';

/** What stands at `/metrics`, for whoever serves it. Provided where `prometheus` is switched on. */
@Injectable()
export class MetricsPage {
  /** Of the exposition format 0.0.4. */
  static readonly mediaType = 'text/plain; version=0.0.4; charset=utf-8';

  constructor(private readonly telemetry: Telemetry) {}

  text(): Promise<string> {
    return this.telemetry.prometheus();
  }
}
