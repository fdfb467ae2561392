import type { LoggerService } from '@nestjs/common';
import { createLogger, type LogOptions } from './logger.js';
import { NestLogger } from './nest-logger.js';

/** The same structured log, without secrets, for an application that serves nothing: `NestFactory.createApplicationContext(…)`. */
export async function createProcessLog(options: LogOptions = {}): Promise<LoggerService> {
  return new NestLogger(await createLogger(options));
}
