import { createTestDatabase } from '@macrolith/local-services';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig, type ShellConfig } from '../src/config.js';
import { compose } from '../src/run.js';
import { seed } from '../src/seed/seed.js';
import { startElsewhere } from './elsewhere.js';

/** The real shell, listening on a free port, over a database of its own. */
export interface RunningShell {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

export async function startShell(
  settings: Partial<Record<keyof ShellConfig, string>> = {},
  { seeded = false } = {},
): Promise<RunningShell> {
  const database = await createTestDatabase();
  const elsewhere = await startElsewhere(database.url);
  const surroundings = { DATABASE_URL: database.url, ...elsewhere.environment };
  const config = readConfig({ LOG_LEVEL: 'silent', PORT: '0', ...surroundings, ...settings });
  const app = await compose(config);
  await app.init();
  await elsewhere.mayCall(app);
  if (seeded) await seed(app);
  await app.listen(config.PORT, config.HOST);
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    app,
    url: `http://${config.HOST}:${port}`,
    databaseUrl: database.url,
    close: async () => {
      await app.close();
      await elsewhere.end();
      await database.drop();
    },
  };
}
