import type { AddressInfo } from 'node:net';
import { BootVerification, formatBootReport } from '@macrolith/core';
import { createHttpApp } from '@macrolith/http';
import { CallServer, RemoteTimedOut, RemoteUnavailable } from '@macrolith/nats';
import { describeStartFailure } from '@macrolith/process';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { readConfig, type ShellConfig } from './config.js';
import { principalsOf } from './principals.js';
import { seed } from './seed/seed.js';

/** Starts the shell from the environment, and tells its parent process when it serves. A failure ends the process with code 1. */
export async function run(environment: NodeJS.ProcessEnv): Promise<void> {
  let app: NestFastifyApplication | undefined;
  try {
    const config = readConfig(environment);
    app = await compose(config);
    const url = await serve(app, config);
    process.send?.({ ready: url });
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    await app?.close().catch(() => {});
    // What a half-made application has opened cannot be closed one by one: nobody holds it.
    process.exit(1);
  }
}

/** The application as it is served, not yet listening. */
export async function compose(config: ShellConfig): Promise<NestFastifyApplication> {
  const principals = principalsOf(config);
  return createHttpApp(AppModule.with(config), {
    ...(principals !== undefined && { principals }),
    requestTimeoutMs: config.REQUEST_TIMEOUT_MS,
    drainTimeoutMs: config.SHUTDOWN_TIMEOUT_MS,
    log: { level: config.LOG_LEVEL },
  });
}

async function serve(app: NestFastifyApplication, config: ShellConfig): Promise<string> {
  await app.init();
  const logger = new Logger('Shell');
  logger.log(`Modules of this process:\n${formatBootReport(app.get(BootVerification, { strict: false }).report())}`);
  if (config.MACROLITH_SEED) await fill(app, logger);
  if (config.NATS_URL !== undefined) {
    app.connectMicroservice({ strategy: app.get(CallServer) });
    await app.startAllMicroservices();
  }
  await app.listen(config.PORT, config.HOST);
  const { address, port, family } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  logger.log(`Serving at ${url}`);
  return url;
}

/** A module in another process that is away does not keep the shop from serving what it can without it. */
async function fill(app: NestFastifyApplication, logger: Logger): Promise<void> {
  try {
    const articles = await seed(app);
    if (articles > 0) logger.log(`The empty shop was filled with ${articles} articles.`);
  } catch (error) {
    if (!(error instanceof RemoteUnavailable || error instanceof RemoteTimedOut)) throw error;
    logger.warn(`Samples that the shop may lack were not put into it; the next start does that. ${error.message}`);
  }
}
