import { Controller, Get, Header } from '@nestjs/common';
import { PROMETHEUS_MEDIA_TYPE, Telemetry } from './telemetry.js';

/** For Prometheus, on the port that the application serves. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly telemetry: Telemetry) {}

  @Get()
  @Header('content-type', PROMETHEUS_MEDIA_TYPE)
  @Header('cache-control', 'no-store')
  metrics(): Promise<string> {
    return this.telemetry.prometheus();
  }
}
