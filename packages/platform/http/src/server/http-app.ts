import { Shutdown } from '@macrolith/core';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger } from '../logging/logger.js';
import { NestLogger } from '../logging/nest-logger.js';
import { ProblemFilter } from '../problem/problem-filter.js';
import { HttpAdapter } from './http-adapter.js';
import { type HttpOptions, httpLimits } from './http-options.js';

const DEFAULT_SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

/**
 * A Nest application that serves HTTP as this platform does: structured log, limits, security headers, problem documents
 * for every error, and a graceful shutdown. It does not listen yet. A failure to boot rejects; it never exits.
 */
export async function createHttpApp(appModule: object, options: HttpOptions = {}): Promise<NestFastifyApplication> {
  const limits = httpLimits(options);
  const log = await createLogger(options.log);
  const adapter = new HttpAdapter(limits, log, options.principals);
  const app = await NestFactory.create<NestFastifyApplication>(appModule, adapter, {
    logger: new NestLogger(log),
    abortOnError: false,
    bodyParser: false,
    routeConflictPolicy: { duplicate: 'error', shadow: 'error' },
  });
  adapter.shutdown = shutdownOf(app);
  app.useGlobalFilters(new ProblemFilter(adapter.served, log, limits.requestTimeoutMs));
  app.useSecurityHeaders({
    // For answers that are data. A page sets its own policy.
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: "'none'", frameAncestors: "'none'" } },
    xFrameOptions: { action: 'deny' },
    // A promise about a whole domain is for whoever terminates TLS there.
    strictTransportSecurity: false,
  });
  app.enableCsrfProtection();
  app.enableShutdownHooks([...(options.shutdownSignals ?? DEFAULT_SIGNALS)], { useProcessExit: true });
  return app;
}

/** `undefined` where an application stands on nothing but HTTP. */
function shutdownOf(app: NestFastifyApplication): Shutdown | undefined {
  try {
    return app.get(Shutdown, { strict: false });
  } catch {
    return undefined;
  }
}
