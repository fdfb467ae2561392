import type { NatsUser } from './nats-user.js';

/**
 * The users as nats-server reads them (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization). A
 * provider may answer whoever called it for as long as the longest request takes: once, and once for each of its modules, since
 * that is how often it is asked what it serves.
 * @param keys public keys by user
 */
export function serverConfiguration(users: readonly NatsUser[], keys: ReadonlyMap<string, string>): string {
  return [
    '# Written by `macro nats-auth` from the manifests of the modules. It holds no secret.',
    '# Take it into the configuration of nats-server: include "nats-auth.conf"',
    'authorization {',
    '  users = [',
    ...users.flatMap((user) => described(user, keys.get(user.name)!)),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function described({ name, owner, hosts, publish, subscribe }: NatsUser, key: string): string[] {
  return [
    `    # ${name}, of ${inOneLine(owner)}`,
    '    {',
    `      nkey: ${key}`,
    '      permissions: {',
    '        publish: {',
    ...allowed(publish),
    '        }',
    '        subscribe: {',
    ...allowed(subscribe),
    '        }',
    `        allow_responses: { max: ${Math.max(1, hosts.length)}, expires: "10m" }`,
    '      }',
    '    }',
  ];
}

/** A manifest says what it likes; a line that it began here would be read by nats-server. */
function inOneLine(owner: string): string {
  return owner.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function allowed(subjects: readonly string[]): string[] {
  return ['          allow: [', ...subjects.map((subject) => `            "${subject}"`), '          ]'];
}
