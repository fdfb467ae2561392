/** What every process of a product needs before and beside its modules: its environment, its health, and a sentence on why it did not start. */
export {
  given,
  HealthEnvironment,
  InvalidConfig,
  ProcessEnvironment,
  readEnvironment,
} from './environment.js';
export { Health } from './health.js';
export { NatsEnvironment, NatsUrl, ProcessNatsModule } from './nats.js';
export {
  type PrincipalKeys,
  PrincipalKeysEnvironment,
  PrincipalTokensModule,
  UnreadableKey,
} from './principal-keys.js';
export { type AddressVariables, describeStartFailure } from './start-failure.js';
export { TelemetryEnvironment, telemetry } from './telemetry.js';
