import { type DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DocsController } from './docs/docs.controller.js';
import { DocsAssets } from './docs/docs-assets.js';
import { DatabasePing } from './health/database-ping.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { HTTP_MODULE_OPTIONS, type HttpModuleOptions } from './module-options.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import { HttpAdapter } from './server/http-adapter.js';
import { Traffic } from './server/traffic.js';

/** What a shell serves beside its modules: `/health/live`, `/health/ready`, `/openapi.json` and its page at `/docs`. */
@Module({})
export class HttpModule {
  static forRoot(options: HttpModuleOptions): DynamicModule {
    return {
      module: HttpModule,
      controllers: [HealthController, OpenApiController, DocsController],
      providers: [
        { provide: HTTP_MODULE_OPTIONS, useValue: options },
        { provide: Traffic, useFactory: trafficOf, inject: [HttpAdapterHost] },
        DatabasePing,
        Readiness,
        DocsAssets,
      ],
    };
  }
}

function trafficOf({ httpAdapter }: HttpAdapterHost): Traffic {
  if (httpAdapter instanceof HttpAdapter) return httpAdapter.traffic;
  throw new TypeError(
    'HttpModule needs the server that createHttpApp(AppModule) makes. Create the application with it.',
  );
}
