/** The names of everything in NATS, for whoever needs names and no connection. */
export { CallNames } from './names/call-names.js';
export { EventNames } from './names/event-names.js';
export { isInbox } from './names/inbox.js';
export { NatsNames } from './names/nats-names.js';
export { SERVICE_VERBS, type ServiceVerb, serviceSubject, serviceSubjectsOf } from './names/service-names.js';
