import { LocalServiceError } from '../error.ts';

/** nats-server ended while it started. */
export class NatsDidNotStart extends LocalServiceError {
  constructor(log: string) {
    super('nats-did-not-start', `nats-server did not start: ${reasonsIn(log).join('; ') || 'it gave no reason'}`);
  }
}

/** The lines of a nats-server log that say why it ended; all lines where none is marked so. */
function reasonsIn(log: string): string[] {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const marked = lines.filter((line) => LEVEL.test(line));
  return (marked.length > 0 ? marked : lines).map((line) => line.replace(PREFIX, ''));
}

const LEVEL = /\[(FTL|ERR)\]/;
const PREFIX = /^(\[\d+\] .*?\[(FTL|ERR)\] |nats-server: )/;
