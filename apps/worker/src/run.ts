import { BootVerification, formatBootReport } from '@macrolith/core';
import { createProcessLog } from '@macrolith/http';
import { describeStartFailure, Health } from '@macrolith/process';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig, type WorkerConfig } from './config.js';
import { WorkerModule } from './worker.module.js';

/** Works from the environment, and tells its parent process when it does. A failure to start ends the process with code 1. */
export async function run(environment: NodeJS.ProcessEnv): Promise<void> {
  let app: INestApplicationContext | undefined;
  try {
    const config = readConfig(environment);
    app = await compose(config);
    const logger = new Logger('Worker');
    logger.log(`Modules of this process:\n${formatBootReport(app.get(BootVerification, { strict: false }).report())}`);
    const url = await app.get(Health).listen(config.HEALTH_PORT, config.HEALTH_HOST);
    logger.log(`At work; its health can be asked at ${url}/health/ready`);
    process.send?.({ ready: url });
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error, { host: 'HEALTH_HOST', port: 'HEALTH_PORT' })}\n`);
    await app?.close().catch(() => {});
    // What a half-made application has opened cannot be closed one by one: nobody holds it.
    process.exit(1);
  }
}

async function compose(config: WorkerConfig): Promise<INestApplicationContext> {
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config), {
    logger: await createProcessLog({ level: config.LOG_LEVEL }),
    abortOnError: false,
  });
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  return app;
}
