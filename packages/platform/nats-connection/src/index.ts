/** The one connection of a process to NATS, and the names of everything there. */
export { answering } from './link/answering.js';
export { NatsConnectionModule, NatsConnections } from './link/nats-connections.js';
export { type LinkUser, NatsLink } from './link/nats-link.js';
export { type NatsFault, NatsMisconfigured } from './link/nats-misconfigured.js';
export type { GivenNatsPlace, NatsPlace } from './link/nats-place.js';
export * from './names.js';
