/** The shell under load: what the built one consists of, and a module more that is elsewhere. */
import 'reflect-metadata';
import { createHttpApp, HttpModule } from '@macrolith/http';
import { DevelopmentPrincipals } from '@macrolith/identity';
import { CallServer } from '@macrolith/nats';
import { readEnvironment } from '@macrolith/process';
import { MonolithEnvironment, monolith } from '@macrolith/shell';
import { Module } from '@nestjs/common';
import { TallyModule } from '../tally/remote.js';
import { Probe } from './probe.js';

const config = readEnvironment(MonolithEnvironment, process.env);

@Module({
  imports: [...monolith(config), TallyModule, HttpModule.forRoot({ title: 'Extraction' })],
  controllers: [Probe],
})
class ShellUnderLoad {}

const app = await createHttpApp(
  { module: ShellUnderLoad },
  {
    log: { level: config.LOG_LEVEL },
    principals: new DevelopmentPrincipals(),
  },
);
await app.init();
app.connectMicroservice({ strategy: app.get(CallServer) });
await app.startAllMicroservices();
await app.listen(0, '127.0.0.1');
process.on('disconnect', () => process.exit(1));
process.send!({ ready: `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}` });
