import { expect, test } from '@jest/globals';
import { InvalidInput } from '@macrolith/contract';
import { RemoteOverloaded, RemoteRefused, RemoteTimedOut, RemoteUnavailable } from './call-errors.js';
import { failureOf, maySendAgain } from './sendable.js';

const refused = (code: 'unknown-operation' | 'keyed-call-under-way' | 'permission-denied') =>
  new RemoteRefused('a.b', { code, message: '' });

test.each<[string, Error, { query: boolean; command: boolean; task: boolean } | undefined]>([
  ['no provider', new RemoteUnavailable('a.b', 'no-provider'), { query: true, command: true, task: true }],
  ['no connection', new RemoteUnavailable('a.b', 'not-connected'), { query: true, command: true, task: true }],
  ['a lost connection', new RemoteUnavailable('a.b', 'connection-lost'), { query: true, command: true, task: false }],
  ['no answer in time', new RemoteTimedOut('a.b', 100), { query: true, command: true, task: false }],
  ['time that was over before', new RemoteTimedOut('a.b', undefined), { query: true, command: true, task: true }],
  ['an overloaded provider', new RemoteOverloaded('a.b', 'provider'), { query: true, command: true, task: true }],
  ['an older provider', refused('unknown-operation'), { query: true, command: true, task: true }],
  ['the same key under way', refused('keyed-call-under-way'), { query: true, command: true, task: false }],
  ['an open circuit', new RemoteUnavailable('a.b', 'circuit-open'), { query: false, command: false, task: false }],
  ['too many calls from here', new RemoteOverloaded('a.b', 'caller'), { query: false, command: false, task: false }],
  ['a principal that may not', refused('permission-denied'), undefined],
  ['an argument that does not fit', new InvalidInput('a.b', []), undefined],
])('after %s a call is sent again where nothing can happen twice', (_, error, expected) => {
  const failure = failureOf(error);

  const actual = failure && {
    query: maySendAgain('query', failure),
    command: maySendAgain('command', failure),
    task: maySendAgain('task', failure),
  };
  expect(actual).toEqual(expected);
});
