import type { NatsNames } from '@macrolith/nats-connection/names';
import type { NatsUser } from './nats-user.js';

/**
 * The users as nats-server reads them (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization). A
 * provider may answer whoever called it for as long as the longest request takes: once, and once for each of its modules, since
 * that is how often it is asked what it serves.
 *
 * The stream of events is in an account of its own, and gives that of the users no more than what they ask of it
 * (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/accounts). JetStream answers to whatever subject a request
 * names, with rights that nobody has: an answer that went to `$JS.API.STREAM.DELETE` or to another module's event would be obeyed
 * (verified with nats-server 2.9.10 and 2.15.1). Here it goes to the users' account, where nothing listens to those.
 * @param keys public keys by user
 */
export function serverConfiguration(
  users: readonly NatsUser[],
  keys: ReadonlyMap<string, string>,
  { system, events }: NatsNames,
): string {
  return [
    '# Written by `macro nats-auth` from the manifests of the modules. It holds no secret.',
    '# Take it into the configuration of nats-server: include "nats-auth.conf"',
    'accounts {',
    `  ${system} {`,
    '    users = [',
    ...users.flatMap((user) => described(user, keys.get(user.name)!)),
    '    ]',
    '    imports = [',
    ...events.askedOfTheStream.map(
      (subject) => `      { service: { account: ${events.stream}, subject: "${subject}" } }`,
    ),
    '    ]',
    '  }',
    `  ${events.stream} {`,
    '    jetstream: enabled',
    '    exports = [',
    ...events.askedOfTheStream.map(
      (subject) => `      { service: "${subject}", accounts: [${system}]${answers(subject)} }`,
    ),
    '    ]',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** Whoever asks for messages gets several; every other question has one answer. */
function answers(subject: string): string {
  return subject.includes('.MSG.NEXT.') ? ', response_type: stream' : '';
}

function described({ name, owner, hosts, publish, subscribe }: NatsUser, key: string): string[] {
  return [
    `      # ${name}, of ${inOneLine(owner)}`,
    '      {',
    `        nkey: ${key}`,
    '        permissions: {',
    '          publish: {',
    ...allowed(publish),
    '          }',
    '          subscribe: {',
    ...allowed(subscribe),
    '          }',
    `          allow_responses: { max: ${Math.max(1, hosts.length)}, expires: "10m" }`,
    '        }',
    '      }',
  ];
}

/** A manifest says what it likes; a line that it began here would be read by nats-server. */
function inOneLine(owner: string): string {
  return owner.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function allowed(subjects: readonly string[]): string[] {
  return ['            allow: [', ...subjects.map((subject) => `              "${subject}"`), '            ]'];
}
