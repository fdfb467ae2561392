import { expect, test } from '@jest/globals';
import { callHook, MacrolithModule, workHook } from '@macrolith/core';
import { InvalidTelemetryOption, Telemetry, TelemetryModule, type TelemetryOptions } from '@macrolith/telemetry';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

async function boot(options: TelemetryOptions) {
  @Module({ imports: [MacrolithModule.forRoot(), TelemetryModule.forRoot(options)] })
  class Shell {}
  return NestFactory.createApplicationContext(Shell, { logger: false, abortOnError: false });
}

test('switched off there is nothing', async () => {
  const app = await boot({ service: 'shop' });
  expect(() => app.get(Telemetry, { strict: false })).toThrow();
  expect([callHook.current, workHook.current]).toEqual([undefined, undefined]);
  await app.close();
});

test('switched on it follows, until the application closes', async () => {
  const app = await boot({ service: 'shop', prometheus: true });
  expect(callHook.current).toBeDefined();
  expect(await app.get(Telemetry).prometheus()).toContain('target_info{service_name="shop"');
  await app.close();
  expect([callHook.current, workHook.current]).toEqual([undefined, undefined]);
});

test.each<[string, Partial<TelemetryOptions>]>([
  ['service', { service: '' }],
  ['sampling', { sampling: 1.5 }],
  ['sampling', { sampling: Number.NaN }],
  ['otlp.endpoint', { otlp: { endpoint: 'collector:4318' } }],
  ['otlp.endpoint', { otlp: { endpoint: 'secret' } }],
  ['otlp.figuresEveryMs', { otlp: { endpoint: 'http://127.0.0.1:4318', figuresEveryMs: 0 } }],
])('an option that cannot be used is refused by its name: %s', (option, options) => {
  const starting = () => TelemetryModule.forRoot({ service: 'shop', ...options });
  expect(starting).toThrow(InvalidTelemetryOption);
  expect(starting).toThrow(expect.objectContaining({ option, message: expect.not.stringContaining('secret') }));
});
