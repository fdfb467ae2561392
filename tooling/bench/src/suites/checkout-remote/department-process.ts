/** A process of one module: `department-process.js NAME DATABASE_URL NATS_URL`. Tells its parent when it serves, and ends when it is told to. */
import 'reflect-metadata';
import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { CallServer, NatsModule } from '@macrolith/nats';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DEPARTMENTS, type Department } from './departments.js';
import { POOL_SIZE } from './pool-size.js';

const [, , name, url, servers] = process.argv;

@Module({
  imports: [
    MacrolithModule.forRoot(),
    DatabaseModule.forRoot({ url: url!, poolSize: POOL_SIZE }),
    NatsModule.forRoot({ servers: servers!, system: 'bench' }),
    DEPARTMENTS[name as Department].local,
  ],
})
class DepartmentProcess {}

const app = await NestFactory.createMicroservice(DepartmentProcess, {
  inject: [CallServer],
  useFactory: (strategy: CallServer) => ({ strategy }),
  logger: false,
});
await app.listen();
process.send!('open');
process.once('message', async () => {
  await app.close();
  process.exit();
});
