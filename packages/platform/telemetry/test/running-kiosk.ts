import { MacrolithModule } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule } from '@macrolith/events/local';
import { createHttpApp } from '@macrolith/http';
import { createTestDatabase } from '@macrolith/local-services';
import { Telemetry, TelemetryModule, type TelemetryOptions } from '@macrolith/telemetry';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DepotModule, Diary, KioskModule } from './kiosk.js';

/** The kiosk served on a port of its own, over a database of its own. */
export interface RunningKiosk {
  readonly app: NestFastifyApplication;
  readonly telemetry: Telemetry;
  readonly diary: Diary;
  /** Every line that was logged, parsed. */
  readonly lines: readonly Record<string, unknown>[];
  request(path: string, init?: RequestInit): Promise<Response>;
  sell(sku: string, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export async function startKiosk(options: Omit<TelemetryOptions, 'service'>): Promise<RunningKiosk> {
  const database = await createTestDatabase();
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (text: string) => void lines.push(JSON.parse(text)) };

  @Module({
    imports: [
      MacrolithModule.forRoot(),
      DatabaseModule.forRoot({ url: database.url }),
      EventsModule.forRoot({ sweepMs: 100, backoff: { firstMs: 20, maxMs: 50 } }),
      TelemetryModule.forRoot({ service: 'kiosk', ...options }),
      KioskModule,
      DepotModule,
    ],
  })
  class KioskShell {}

  const app = await createHttpApp(KioskShell, { shutdownSignals: [], log: { level: 'info', stream } });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const request = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);
  return {
    app,
    telemetry: app.get(Telemetry, { strict: false }),
    diary: app.get(Diary, { strict: false }),
    lines,
    request,
    sell: (sku, headers = {}) =>
      request('/api/kiosk/sales', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ sku }),
      }),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

export async function until(happened: () => boolean, withinMs = 20_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!happened()) {
    if (Date.now() > deadline) throw new Error(`Did not happen within ${withinMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
