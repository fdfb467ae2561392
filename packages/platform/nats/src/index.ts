/** Calls between processes over NATS: a transport strategy of Nest that serves contracts, and a client that survives what happens to networks. */
export {
  AnswerNotUnderstood,
  DeniedByNats,
  PayloadTooLarge,
  PrincipalCannotTravel,
  RemoteOverloaded,
  RemoteRefused,
  RemoteTimedOut,
  RemoteUnavailable,
  type UnavailableReason,
} from './client/call-errors.js';
export { NatsCalls } from './client/nats-calls.js';
export type { Circuit, NotSent, TargetState } from './client/target.js';
export { NatsModule } from './nats-module.js';
export type { GivenNatsOptions, NatsCallOptions, ResilienceOptions } from './nats-options.js';
export { CallServer, type ServerState } from './server/call-server.js';
export type { ServingObstacle } from './server/served-subjects.js';
export { type FailureStatus, HEADER, PROTOCOL } from './wire/header-names.js';
export type { Refusal, RefusalCode } from './wire/refusal.js';
