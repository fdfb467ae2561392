/** What one platform package may stand on. */
export interface PlatformFloor {
  /** Folder names of the platform packages below it. */
  readonly standsOn: readonly string[];
  /** Libraries that it must not load: package names, or scopes. */
  readonly keepsOut?: readonly string[];
}

const UP_TO_EVENTS = ['contract', 'core', 'data', 'nats-connection', 'events'];
const UP_TO_WORKFLOW = [...UP_TO_EVENTS, 'workflow'];

/**
 * The floors of the platform, by folder: contract ← core ← data ← events, workflow ← http ← ui ← console, core ← identity ← nats, and
 * core ← nats-connection ← events, nats. A platform package that is not listed is held by the rule `no-cycles` alone.
 */
export const PLATFORM_FLOORS: Readonly<Record<string, PlatformFloor>> = {
  contract: { standsOn: [], keepsOut: ['@nestjs', 'typeorm', 'pg'] },
  core: { standsOn: ['contract'], keepsOut: ['@nestjs/typeorm', 'typeorm', 'pg'] },
  data: { standsOn: ['contract', 'core'] },
  'nats-connection': { standsOn: ['contract', 'core'], keepsOut: ['@nestjs/typeorm', 'typeorm', 'pg'] },
  events: { standsOn: ['contract', 'core', 'data', 'nats-connection'] },
  workflow: { standsOn: ['contract', 'core', 'data'] },
  identity: { standsOn: ['contract', 'core'], keepsOut: ['@nestjs', 'typeorm', 'pg'] },
  http: { standsOn: UP_TO_WORKFLOW },
  ui: { standsOn: [...UP_TO_WORKFLOW, 'http'] },
  nats: {
    standsOn: ['contract', 'core', 'identity', 'nats-connection'],
    keepsOut: ['@nestjs/typeorm', 'typeorm', 'pg'],
  },
  process: { standsOn: ['contract', 'core', 'data', 'identity', 'nats-connection', 'telemetry'] },
  testing: { standsOn: [...UP_TO_WORKFLOW, 'identity', 'nats', 'local-services'] },
  cli: { standsOn: [...UP_TO_EVENTS, 'identity'] },
  console: { standsOn: [...UP_TO_WORKFLOW, 'http', 'ui', 'testing'] },
  'local-services': { standsOn: [] },
};
