import { BootVerification, formatBootReport } from '@macrolith/core';
import { createProcessLog } from '@macrolith/http';
import { CallServer } from '@macrolith/nats';
import { describeStartFailure, Health } from '@macrolith/process';
import { type INestMicroservice, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AsyncMicroserviceOptions } from '@nestjs/microservices';
import { type MacroserviceConfig, readConfig } from './config.js';
import { hostedModules } from './hosted-modules.js';
import { MacroserviceModule } from './macroservice.module.js';

/** Serves from the environment, and tells its parent process when it does. A failure to start ends the process with code 1. */
export async function run(environment: NodeJS.ProcessEnv): Promise<void> {
  let app: INestMicroservice | undefined;
  try {
    const config = readConfig(environment);
    app = await compose(config);
    await app.listen();
    const logger = new Logger('Macroservice');
    logger.log(`Modules of this process:\n${formatBootReport(app.get(BootVerification, { strict: false }).report())}`);
    const [health, server] = [app.get(Health), app.get(CallServer)];
    health.needs('nats', () => server.obstacle);
    const url = await health.listen(config.HEALTH_PORT, config.HEALTH_HOST);
    logger.log(`Its health can be asked at ${url}/health/ready`);
    // NATS may come later.
    await server.serving;
    logger.log('Serving over NATS');
    process.send?.({ ready: url });
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error, { host: 'HEALTH_HOST', port: 'HEALTH_PORT' })}\n`);
    await app?.close().catch(() => {});
    // What a half-made application has opened cannot be closed one by one: nobody holds it.
    process.exit(1);
  }
}

async function compose(config: MacroserviceConfig): Promise<INestMicroservice> {
  const module = MacroserviceModule.with(config, await hostedModules(config.MODULES));
  const transport: AsyncMicroserviceOptions = {
    inject: [CallServer],
    useFactory: (strategy: CallServer) => ({ strategy }),
  };
  const app = await NestFactory.createMicroservice<AsyncMicroserviceOptions>(module, {
    ...transport,
    logger: await createProcessLog({ level: config.LOG_LEVEL }),
    abortOnError: false,
  });
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  return app;
}
