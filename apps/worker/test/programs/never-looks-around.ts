/** The monolith's background, which looks into its logs when it is told to, and practically never by itself. */
import { readEnvironment } from '@macrolith/process';
import { MonolithEnvironment, monolith } from '@macrolith/shell';
import { NestFactory } from '@nestjs/core';

class Background {}

const config = readEnvironment(MonolithEnvironment, process.env);
const imports = monolith(config, { sweepMs: 3_600_000 });
await NestFactory.createApplicationContext({ module: Background, imports }, { logger: false });
process.send?.({ ready: 'at work' });
