import { Controller, Get, Header } from '@nestjs/common';
import { MetricsPage } from './metrics-page.js';

/** For Prometheus, on the port that the application serves. */
@Controller('metrics')
export class MetricsController {
  constructor(private readonly page: MetricsPage) {}

  @Get()
  @Header('content-type', MetricsPage.mediaType)
  @Header('cache-control', 'no-store')
  metrics(): Promise<string> {
    return this.page.text();
  }
}
