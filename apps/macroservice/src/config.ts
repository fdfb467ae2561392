import {
  HealthEnvironment,
  NatsEnvironment,
  NatsUrl,
  PrincipalKeysEnvironment,
  ProcessEnvironment,
  readEnvironment,
  TelemetryEnvironment,
} from '@macrolith/process';
import { z } from 'zod';

const PACKAGE_NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** What a macroservice reads from the environment. */
export const MacroserviceEnvironment = z.object({
  MODULES: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .refine((names) => names.every((name) => PACKAGE_NAME.test(name)), 'must name packages, with commas between')
    .describe('The packages of the modules that it hosts, with commas between: `@macrolith/notifications`.'),
  ...HealthEnvironment.shape,
  NATS_URL: NatsUrl.default('nats://127.0.0.1:4222'),
  ...NatsEnvironment.shape,
  ...PrincipalKeysEnvironment.shape,
  ...TelemetryEnvironment.shape,
  ...ProcessEnvironment.shape,
});

export type MacroserviceConfig = Readonly<z.output<typeof MacroserviceEnvironment>>;

export function readConfig(environment: NodeJS.ProcessEnv): MacroserviceConfig {
  return readEnvironment(MacroserviceEnvironment, environment);
}
