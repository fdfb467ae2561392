import { describe, expect, test } from '@jest/globals';
import { PostgresDidNotStart, reasonsIn } from './did-not-start.ts';

const PORT_TAKEN = `2026-01-02 03:04:05.678 UTC [42] LOG:  starting PostgreSQL 18.4 on x86_64-pc-linux-gnu
2026-01-02 03:04:05.679 UTC [42] LOG:  could not bind IPv4 address "127.0.0.1": Address already in use
2026-01-02 03:04:05.679 UTC [42] HINT:  Is another postmaster already running on port 5432?
2026-01-02 03:04:05.679 UTC [42] WARNING:  could not create listen socket for "127.0.0.1"
2026-01-02 03:04:05.679 UTC [42] FATAL:  could not create any TCP/IP sockets
2026-01-02 03:04:05.680 UTC [42] LOG:  database system is shut down
`;

describe('A server that did not start', () => {
  test('gives the reasons of its log without time and level', () => {
    expect(reasonsIn(PORT_TAKEN)).toEqual([
      'could not bind IPv4 address "127.0.0.1": Address already in use',
      'could not create any TCP/IP sockets',
    ]);
  });

  test('tells a taken port from a taken folder', () => {
    const taken = new PostgresDidNotStart('[7] FATAL:  lock file "postmaster.pid" already exists', '/server.log');

    expect(new PostgresDidNotStart(PORT_TAKEN, '/server.log')).toMatchObject({ portTaken: true, folderTaken: false });
    expect(taken).toMatchObject({ portTaken: false, folderTaken: true });
  });

  test('points to its log when that gives no reason', () => {
    expect(new PostgresDidNotStart('', '/data/server.log').message).toContain('/data/server.log');
  });
});
