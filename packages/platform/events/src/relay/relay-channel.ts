/** On this channel of PostgreSQL relays hear that a log, named by the payload, has something for them. */
export const RELAY_CHANNEL = 'macrolith_events';
