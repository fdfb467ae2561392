import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { macro } from '../commands/macro.js';
import { miniature } from '../rules/miniature.js';

let folder: string;
let keys: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'macrolith-nats-auth-'));
  keys = path.join(folder, 'keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

const natsAuth = (...more: string[]) => macro(['nats-auth', '--root', miniature('graph'), ...more]);
const seedOf = (user: string) => readFileSync(path.join(keys, `${user}.nk`), 'utf8').trim();

describe('macro nats-auth', () => {
  test('tells what each user may do, from the manifests alone', async () => {
    const { code, out, err } = await natsAuth('--format', 'json', '--system', 'shop');

    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { system, users } = JSON.parse(out);
    expect(system).toBe('shop');
    expect(users.map(({ name, owner }: any) => `${name} ${owner}`)).toEqual([
      'catalog team-shelf',
      'orders team-checkout',
      'shell platform',
    ]);
    expect(users[1]).toEqual({
      name: 'orders',
      owner: 'team-checkout',
      hosts: ['orders'],
      publish: [
        '$JS.API.INFO',
        '$JS.API.STREAM.INFO.shop-events',
        'shop.calls.catalog.*',
        'shop.cancellations.catalog',
        'shop.contracts.catalog',
        'shop.events.orders.>',
      ],
      subscribe: [
        '$SRV.INFO',
        '$SRV.INFO.orders',
        '$SRV.INFO.orders.*',
        '$SRV.PING',
        '$SRV.PING.orders',
        '$SRV.PING.orders.*',
        '$SRV.STATS',
        '$SRV.STATS.orders',
        '$SRV.STATS.orders.*',
        '_INBOX.shop.orders.>',
        'shop.calls.orders.*',
        'shop.cancellations.orders',
        'shop.contracts.orders',
        'shop.stories.orders',
      ],
    });
    expect(users[0].publish).toContain(
      '$JS.API.CONSUMER.CREATE.shop-events.catalog_orders_order-placed.shop.events.orders.order-placed.*',
    );
  });

  test('gives a macroservice of several modules what each of them may do, and inboxes of its own', async () => {
    const { out } = await natsAuth('--format', 'json', '--macroservice', 'both=catalog,orders');
    const users: { name: string; owner: string; publish: string[]; subscribe: string[] }[] = JSON.parse(out).users;
    const [both, catalog, orders] = ['both', 'catalog', 'orders'].map(
      (name) => users.find((user) => user.name === name)!,
    );

    expect(both!.owner).toBe('team-checkout, team-shelf');
    expect(new Set(both!.publish)).toEqual(new Set([...catalog!.publish, ...orders!.publish]));
    expect(both!.subscribe).toContain('_INBOX.macrolith.both.>');
    expect(both!.subscribe).not.toContain('_INBOX.macrolith.orders.>');
    expect((await natsAuth('--keys', keys, '--macroservice', 'both=catalog,orders')).out).toContain('max: 2');
  });

  test.each([
    ['both', 'Write the name of its user and its modules'],
    ['both=garage', "There is no module 'garage'. The modules are: catalog, orders."],
    ['orders=catalog', "Two users of NATS would be called 'orders'"],
    ['shell=catalog', "Two users of NATS would be called 'shell'"],
  ])('refuses the macroservice %s', async (macroservice, sentence) => {
    const { code, err } = await natsAuth('--format', 'json', '--macroservice', macroservice);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });

  /** The same workspace, and a file of orders that says something else. */
  const altered = (file: string, change: (text: string) => string) => {
    const root = path.join(folder, 'workspace');
    cpSync(miniature('graph'), root, { recursive: true });
    const place = path.join(root, 'packages/modules/orders', file);
    writeFileSync(place, change(existsSync(place) ? readFileSync(place, 'utf8') : ''));
    return root;
  };

  test.each([
    ['what asks them', true, `import { EventOperations } from '@macrolith/events/operations';`],
    ['its types alone', false, `import type { Story } from '@macrolith/events/operations';`],
  ])('lets whoever imports %s ask the logs of others about a story: %s', async (_, may, statement) => {
    const root = altered('src/story.ts', () => `${statement}\n`);
    const { out } = await macro([
      'nats-auth',
      '--root',
      root,
      '--format',
      'json',
      '--macroservice',
      'both=catalog,orders',
    ]);
    const users: { name: string; publish: string[] }[] = JSON.parse(out).users;
    const asking = users.filter(({ publish }) => publish.some((subject) => subject.includes('.stories.')));

    expect(asking.map(({ name }) => name)).toEqual(may ? ['both', 'orders', 'shell'] : ['shell']);
  });

  test('takes an owner of a manifest for one line, whatever breaks it', async () => {
    const root = altered('src/manifest.ts', (text) =>
      text.replace('team-checkout', String.raw`team\n    }, { nkey: U\r\n\u0085\u2028{ }`),
    );
    const { out } = await macro(['nats-auth', '--root', root, '--keys', keys]);

    expect(out).toContain('\n      # orders, of team }, { nkey: U { }\n      {\n        nkey: U');
  });

  test('refuses the name of a module that is a wildcard of NATS', async () => {
    const root = altered('src/index.ts', (text) => text.replace("name: 'orders'", `name: '>'`));
    const { code, out, err } = await macro(['nats-auth', '--root', root, '--keys', keys]);

    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`'>', which cannot be a name in NATS`);
  });

  const program = (content: object | string) => {
    const file = path.join(folder, 'program.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  test('gives a program in another language what it says that it serves, calls and hears, and no more', async () => {
    const file = program({
      name: 'orders-go',
      owner: 'team-go',
      serves: ['orders'],
      calls: ['catalog'],
      hears: ['orders.order-placed'],
    });
    const { out } = await natsAuth('--format', 'json', '--program', file);
    const users: { name: string; subscribe: string[] }[] = JSON.parse(out).users;
    const [module, other] = ['orders', 'orders-go'].map((name) => users.find((user) => user.name === name)!);

    expect(other).toMatchObject({
      owner: 'team-go',
      hosts: ['orders'],
      publish: [
        '$JS.ACK.macrolith-events.orders-go_orders_order-placed.>',
        '$JS.API.CONSUMER.CREATE.macrolith-events.orders-go_orders_order-placed.macrolith.events.orders.order-placed.*',
        '$JS.API.CONSUMER.DELETE.macrolith-events.orders-go_orders_order-placed',
        '$JS.API.CONSUMER.INFO.macrolith-events.orders-go_orders_order-placed',
        '$JS.API.CONSUMER.MSG.NEXT.macrolith-events.orders-go_orders_order-placed',
        'macrolith.calls.catalog.*',
        'macrolith.cancellations.catalog',
        'macrolith.contracts.catalog',
        'macrolith.contracts.orders',
        'macrolith.events.orders.>',
      ],
    });
    const inboxes = ['_INBOX.macrolith.orders.>', '_INBOX.macrolith.orders-go.>'] as const;
    expect(other!.subscribe).toEqual(module!.subscribe.map((name) => (name === inboxes[0] ? inboxes[1] : name)));
  });

  test.each([
    ['', 'cannot be read as JSON'],
    [{ owner: 'team-go' }, 'has no "name"'],
    [{ name: 'go' }, 'has no "owner". Name the team that answers for go.'],
    [
      { name: 'go', owner: 'team\n    { nkey: U, permissions: { publish: ">" } }' },
      'has an "owner" with a line break or another control character',
    ],
    [{ name: 'go', owner: 'team\u2028go' }, 'has an "owner" with a line break'],
    [{ name: 'go', owner: 'team-go', subscribes: ['>'] }, "has 'subscribes'. A program has: name, owner, serves"],
    [{ name: 'go', owner: 'team-go', calls: ['*'] }, '"calls" lists names of modules'],
    [{ name: 'go', owner: 'team-go', hears: ['orders.>'] }, '"hears" lists events without their version'],
    [
      { name: 'go', owner: 'team-go', serves: ['garage'] },
      "There is no module 'garage'. The modules are: catalog, orders.",
    ],
    [
      { name: 'go', owner: 'team-go', hears: ['garage.parked'] },
      "There is no module 'garage'. The modules are: catalog, orders.",
    ],
    [{ name: 'orders', owner: 'team-go' }, "Two users of NATS would be called 'orders'"],
  ])('refuses the program %j', async (content, sentence) => {
    const { code, out, err } = await natsAuth('--format', 'json', '--program', program(content));
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(sentence)]);
  });

  test('makes a key for each user, which its owner alone may read, and writes public keys only', async () => {
    const { code, out, err } = await natsAuth('--keys', keys);

    expect(code).toBe(0);
    expect(readdirSync(keys).sort()).toEqual(['catalog.nk', 'orders.nk', 'shell.nk']);
    for (const file of readdirSync(keys)) expect(statSync(path.join(keys, file)).mode & 0o777).toBe(0o600);
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    expect(out.match(/nkey: U[A-Z2-7]{55}$/gm)).toHaveLength(3);
    for (const user of ['catalog', 'orders', 'shell']) {
      expect(seedOf(user)).toMatch(/^SU[A-Z2-7]{56}$/);
      expect(out + err).not.toContain(seedOf(user));
      expect(err).toContain(`made the key ${path.join(keys, `${user}.nk`)}\n`);
    }
  });

  test('keeps the keys that are there, and then always writes the same', async () => {
    const first = await natsAuth('--keys', keys);
    const seed = seedOf('orders');
    rmSync(path.join(keys, 'catalog.nk'));
    const second = await natsAuth('--keys', keys);
    const third = await natsAuth('--keys', keys);

    expect(seedOf('orders')).toBe(seed);
    expect(second.err).toBe(`made the key ${path.join(keys, 'catalog.nk')}\n`);
    expect(second.out).not.toBe(first.out);
    expect([third.out, third.err]).toEqual([second.out, '']);
  });

  test('tells of keys that nobody has any more, and leaves them', async () => {
    await natsAuth('--keys', keys);
    const old = path.join(keys, 'giftcards.nk');
    writeFileSync(old, seedOf('orders'), { mode: 0o600 });

    expect((await natsAuth('--keys', keys)).err).toBe(`nobody has the key ${old} any more\n`);
    expect(existsSync(old)).toBe(true);
  });

  test('refuses a file in place of the folder of its keys', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');

    const { code, err } = await natsAuth('--keys', file);
    expect([code, err]).toEqual([2, expect.stringMatching(/^macro: .*file is a file, and a folder is needed there\./)]);
  });

  test('refuses a key that others may read', async () => {
    await natsAuth('--keys', keys);
    chmodSync(path.join(keys, 'orders.nk'), 0o640);

    const { code, out, err } = await natsAuth('--keys', keys);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('orders.nk is a secret that other accounts may read.');
  });

  test.each(['', 'another secret', 'SAAAAAAAAA'])(
    'does not write over a file that holds %j, nor repeat it',
    async (text) => {
      await natsAuth('--keys', keys);
      rmSync(path.join(keys, 'catalog.nk'));
      writeFileSync(path.join(keys, 'orders.nk'), text, { mode: 0o600 });

      const { code, err } = await natsAuth('--keys', keys);
      expect(code).toBe(2);
      expect(err).toContain('orders.nk holds no key of a user');
      if (text !== '') expect(err).not.toContain(text);
      expect(readdirSync(keys).sort()).toEqual(['orders.nk', 'shell.nk']);
      expect(seedOf('orders')).toBe(text);
    },
  );

  test.each([
    [[], 'nats-server knows users by their keys. Say where these are, or shall be: --keys FOLDER.'],
    [['--format', 'json', '--system', 'my.shop'], "'my.shop' cannot begin names in NATS"],
  ])('refuses %j', async (more, sentence) => {
    const { code, err } = await natsAuth(...more);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});
