import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventType, Operation } from '@macrolith/contract';
import { MacrolithModule, type ModuleDeclaration, runInContext, type Work, workHook } from '@macrolith/core';
import { DatabaseModule } from '@macrolith/data';
import { EventsModule } from '@macrolith/events/nats';
import { createTestDatabase } from '@macrolith/local-services';
import { CallServer, NatsCalls, NatsModule, RemoteUnavailable } from '@macrolith/nats';
import { PaymentsModule } from '@macrolith/payments/local';
import { WorkflowModule } from '@macrolith/workflow';
import { AckPolicy, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import * as modules from '../src/modules.js';
import { type Connected, NatsWithUsers } from './nats-users.js';

const STREAM = 'macrolith-events';
const DECLARATION = Symbol.for('macrolith.module-declaration');

/** What the modules of this shell say about themselves where they run, not where their sources are read. */
const declared = Object.values(modules).map((nestModule) => {
  const { manifest, features } = (nestModule as unknown as Record<symbol, ModuleDeclaration>)[DECLARATION]!;
  const hears = features.flatMap((feature) => (feature.hears ?? []) as readonly EventType[]);
  return {
    name: manifest.name,
    port: manifest.port,
    uses: manifest.uses.map(({ contract }) => contract.name),
    hears: [...new Set(hears.map(({ id }) => id.replace(/\.v\d+$/, '')))],
  };
});
const names = declared.map(({ name }) => name);
/** Whoever tells what followed from something asks the logs of all modules. */
const tellsStories = (name: string) => name === 'orders';

const durableOf = (module: string, event: string) => `${module}_${event.replaceAll('.', '_')}`;
const reading = (module: string, event: string) => {
  const place = `${STREAM}.${durableOf(module, event)}`;
  return [
    `$JS.API.CONSUMER.CREATE.${place}.macrolith.events.${event}.*`,
    ...['INFO', 'DELETE', 'MSG.NEXT'].map((request) => `$JS.API.CONSUMER.${request}.${place}`),
    `$JS.ACK.${place}.1.1.1.1.0`,
  ];
};

/** Everything that somebody could want to publish to. */
const PUBLISHED = [
  ...names.flatMap((name) => [
    `macrolith.calls.${name}.anything`,
    `macrolith.calls.${name}.anything.deeper`,
    `macrolith.contracts.${name}`,
    `macrolith.cancellations.${name}`,
    `macrolith.stories.${name}`,
    `macrolith.events.${name}.something-happened.v1`,
    `_INBOX.macrolith.${name}.abc.1`,
  ]),
  ...declared.flatMap(({ name, hears }) => hears.flatMap((event) => reading(name, event))),
  ...names.map((name) => `$JS.API.CONSUMER.CREATE.${STREAM}.${durableOf(name, 'all')}.macrolith.events.>`),
  ...['CREATE', 'NAMES', 'LIST'].map((request) => `$JS.API.CONSUMER.${request}.${STREAM}`),
  ...['INFO', 'CREATE', 'UPDATE', 'PURGE', 'DELETE', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT'].map(
    (request) => `$JS.API.STREAM.${request}.${STREAM}`,
  ),
  '$JS.API.STREAM.CREATE.another',
  '$JS.API.INFO',
  '$SYS.REQ.SERVER.PING',
  '$SRV.PING',
  'macrolith.calls',
  'macrolith.other',
  'another.calls.orders.anything',
  'anything',
];

/** Everything that somebody could want to listen to. */
const HEARD = [
  ...names.flatMap((name) => [
    `macrolith.calls.${name}.>`,
    `macrolith.calls.${name}.*`,
    `macrolith.calls.${name}.place`,
    `macrolith.contracts.${name}`,
    `macrolith.cancellations.${name}`,
    `macrolith.stories.${name}`,
    `macrolith.events.${name}.>`,
    `_INBOX.macrolith.${name}.>`,
    `$SRV.PING.${name}`,
    `$SRV.PING.${name}.abc`,
  ]),
  '$SRV.PING',
  '$SRV.>',
  '_INBOX.>',
  '_INBOX.macrolith.>',
  'macrolith.calls.>',
  'macrolith.calls.*.place',
  'macrolith.cancellations.*',
  'macrolith.stories.*',
  'macrolith.events.>',
  'macrolith.>',
  '$JS.>',
  '$SYS.>',
  '>',
];

let nats: NatsWithUsers;
let shell: Connected;
let manager: JetStreamManager;
const connected = new Map<string, Connected>();
const as = (user: string) => connected.get(user)!;

beforeAll(async () => {
  nats = await NatsWithUsers.start();
  shell = await nats.connect('shell');
  manager = await jetstreamManager(shell.connection);
  await manager.streams.add({ name: STREAM, subjects: ['macrolith.events.>'] });
  for (const name of names) connected.set(name, await nats.connect(name));
});
afterAll(async () => {
  await Promise.all([shell, ...connected.values()].map((each) => each?.close()));
  await nats?.stop();
});

describe.each(declared)('With the credentials of $name', ({ name, uses, hears }) => {
  test('nothing can be published but calls of what it uses, its own events and the reading of what it hears', async () => {
    const own = [
      ...uses.flatMap((used) => [
        `macrolith.calls.${used}.anything`,
        `macrolith.cancellations.${used}`,
        `macrolith.contracts.${used}`,
      ]),
      ...(tellsStories(name) ? names.map((other) => `macrolith.stories.${other}`) : []),
      `macrolith.events.${name}.something-happened.v1`,
      ...hears.flatMap((event) => reading(name, event)),
      `$JS.API.STREAM.INFO.${STREAM}`,
      ...(hears.length > 0 ? [`$JS.API.STREAM.MSG.GET.${STREAM}`] : []),
      '$JS.API.INFO',
    ];
    expect((await as(name).mayPublish(PUBLISHED)).sort()).toEqual(own.sort());
  });

  test('nothing can be listened to but its own calls, the questions of the service API and its own inboxes', async () => {
    const own = [
      `macrolith.calls.${name}.*`,
      // nats-server takes what is asked for by the letter, and `*` is any word: below its own calls there is nobody else's.
      `macrolith.calls.${name}.>`,
      `macrolith.calls.${name}.place`,
      `macrolith.contracts.${name}`,
      `macrolith.cancellations.${name}`,
      `macrolith.stories.${name}`,
      `_INBOX.macrolith.${name}.>`,
      '$SRV.PING',
      `$SRV.PING.${name}`,
      `$SRV.PING.${name}.abc`,
    ];
    expect((await as(name).maySubscribe(HEARD)).sort()).toEqual(own.sort());
  });

  test('it answers those who use it, over their own inboxes', async () => {
    const serving = as(name).connection.subscribe(`macrolith.calls.${name}.*`, {
      queue: 'macrolith',
      callback: (_error, message) => void message.respond(`${name} heard ${message.data}`),
    });
    await as(name).connection.flush();
    const callers = [shell, ...declared.filter((other) => other.uses.includes(name)).map((other) => as(other.name))];
    for (const caller of callers) {
      const answer = await caller.connection.request(`macrolith.calls.${name}.ask`, 'a question');
      expect(answer.string()).toMatch(`${name} heard`);
    }
    serving.unsubscribe();
  });

  test('it publishes its events, and the stream keeps them', async () => {
    const { stream } = await jetstream(as(name).connection).publish(
      `macrolith.events.${name}.something-happened.v1`,
      '{}',
    );
    expect(stream).toBe(STREAM);
  });
});

describe.each(declared)('The real calls of a process with the credentials of $name', ({ name, uses }) => {
  test('leave it for what it uses, and fail at once with a typed error for everything else', async () => {
    @Module({
      imports: [
        MacrolithModule.forRoot(),
        NatsModule.forRoot({ ...nats.placeOf(name), resilience: { maxAttempts: 1, failuresToOpen: 1_000 } }),
      ],
    })
    class Process {}
    const app = await NestFactory.createApplicationContext(Process, { logger: false, abortOnError: false });
    const calls = app.get(NatsCalls);
    for (const other of declared) {
      for (const operation of Object.values<Operation>(other.port.contract.operations)) {
        const edge = {
          from: name,
          to: other.name,
          operation: operation.name,
          kind: operation.kind,
          binding: 'remote',
        } as const;
        const call = runInContext({ deadlineAt: Date.now() + 60_000 }, () =>
          calls.sender(other.port, operation, edge)({}, 'key'),
        );
        const failure: unknown = await call.catch((error: unknown) => error);
        // Nobody serves it: the call came as far as it may.
        if (uses.includes(other.name)) expect(failure).toBeInstanceOf(RemoteUnavailable);
        else expect(failure).toMatchObject({ code: 'macrolith.denied-by-nats', operation: operation.id });
      }
    }
    await app.close();
  });
});

describe.each(declared.filter(({ hears }) => hears.length > 0))('What $name hears', ({ name, hears }) => {
  test.each(hears)('it reads by a consumer of its own: %s', async (event) => {
    await jetstream(shell.connection).publish(`macrolith.events.${event}.v1`, '{"from":"the shell"}');
    const { connection } = as(name);
    const own = await jetstreamManager(connection);
    const durable = durableOf(name, event);
    await own.streams.info(STREAM);
    await own.consumers.add(STREAM, {
      durable_name: durable,
      ack_policy: AckPolicy.All,
      filter_subject: `macrolith.events.${event}.*`,
    });
    const consumer = await jetstream(connection).consumers.get(STREAM, durable);
    const message = await consumer.next({ expires: 5_000 });
    expect(message?.subject).toBe(`macrolith.events.${event}.v1`);
    await message!.ackAck();
    expect((await own.streams.getMessage(STREAM, { seq: message!.seq }))?.subject).toBe(message!.subject);
    expect((await own.consumers.info(STREAM, durable)).ack_floor.stream_seq).toBe(message!.seq);
    expect(await own.consumers.delete(STREAM, durable)).toBe(true);
  });

  test('it cannot make that consumer read something else', async () => {
    const [event] = hears as [string];
    const subject = `$JS.API.CONSUMER.CREATE.${STREAM}.${durableOf(name, event)}.macrolith.events.${event}.*`;
    const config = { durable_name: durableOf(name, event), ack_policy: 'all', filter_subject: 'macrolith.events.>' };
    const answer = await as(name).connection.request(subject, JSON.stringify({ stream_name: STREAM, config }));
    // The filter in the request is not that of its subject.
    expect(answer.json()).toMatchObject({ error: { err_code: 10131 } });
  });
});

/** It answers to whatever subject a request names, with rights that nobody has; so it is in an account where nothing else is. */
describe('JetStream that is asked to answer where whoever asks may not publish', () => {
  const event = 'orders.order-cancelled';
  const own = `${STREAM}.${durableOf('shipping', event)}`;
  const others = durableOf('payments', event);
  const consumer = (durable: string) => ({
    durable_name: durable,
    ack_policy: AckPolicy.All,
    filter_subject: `macrolith.events.${event}.*`,
  });

  test.each([
    ['the removal of the stream', `$JS.API.STREAM.DELETE.${STREAM}`],
    ['the removal of what is in it', `$JS.API.STREAM.PURGE.${STREAM}`],
    [`the removal of another module's consumer`, `$JS.API.CONSUMER.DELETE.${STREAM}.${others}`],
    [`another module's event`, 'macrolith.events.payments.payment-captured.v1'],
  ])('does nothing by it: %s', async (_, reply) => {
    const { connection } = as('shipping');
    const shipping = await jetstreamManager(connection);
    await shipping.consumers.add(STREAM, consumer(durableOf('shipping', event)));
    const payments = await jetstreamManager(as('payments').connection);
    await payments.consumers.add(STREAM, consumer(others));
    const { last_seq } = (await manager.streams.info(STREAM)).state;
    for (const [subject, question] of [
      ['$JS.API.INFO', ''],
      [`$JS.API.STREAM.INFO.${STREAM}`, ''],
      [`$JS.API.CONSUMER.MSG.NEXT.${own}`, '{no JSON'],
      [`$JS.API.CONSUMER.MSG.NEXT.${own}`, '{"batch":1000,"no_wait":true}'],
      [`$JS.ACK.${own}.1.1.1.1.0`, '+ACK'],
      ['macrolith.events.shipping.something-happened.v1', '{}'],
    ] as const) {
      connection.publish(subject, question, { reply });
    }
    await jetstream(connection).publish('macrolith.events.shipping.something-happened.v1', '{}');

    const { state } = await manager.streams.info(STREAM);
    expect(state).toMatchObject({ last_seq: last_seq + 2, messages: last_seq + 2 - (state.first_seq - 1) });
    expect(await payments.consumers.delete(STREAM, others)).toBe(true);
    expect(await shipping.consumers.delete(STREAM, durableOf('shipping', event))).toBe(true);
  });
});

/** A message that names a subject for its answer where whoever sends it may not publish, and whoever answers may: nats-server lets it. */
describe('A process of payments that is asked to answer where nobody but it may publish', () => {
  const running: INestApplicationContext[] = [];
  const counted: Work[] = [];
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = database.drop;
    // The shell comes first: it makes the stream as it has to be.
    for (const [user, parts] of [
      ['shell', []],
      ['payments', [PaymentsModule]],
    ] as [string, Type[]][]) {
      @Module({
        imports: [
          MacrolithModule.forRoot(),
          DatabaseModule.forRoot({ url: database.url }),
          EventsModule.forRoot(nats.placeOf(user)),
          NatsModule.forRoot(nats.placeOf(user)),
          WorkflowModule.forRoot(),
          ...parts,
        ],
      })
      class Process {}
      const app = await NestFactory.createApplicationContext(Process, { logger: false, abortOnError: false });
      running.push(app);
      await new Promise<void>((resolve) => app.get(CallServer).listen(() => resolve()));
    }
    workHook.current = (work) => void counted.push(work);
  });
  afterAll(async () => {
    workHook.current = undefined;
    for (const app of running.reverse()) await app.close();
    await drop();
  });

  test.each([
    ['the removal of the stream', `$JS.API.STREAM.DELETE.${STREAM}`],
    ['a call of its own', 'macrolith.calls.payments.capture'],
    ['an event of its own', 'macrolith.events.payments.payment-captured.v1'],
    ['a call of another module', 'macrolith.calls.inventory.reserve'],
  ])('drops it and counts it: %s', async (_, reply) => {
    const { connection } = as('orders');
    const { messages } = (await manager.streams.info(STREAM)).state;
    const asked = [
      ['macrolith.stories.payments', 'x'],
      ['macrolith.stories.payments', '{"of":[]}'],
      ['macrolith.calls.payments.capture', 'x'],
      ['macrolith.contracts.payments', ''],
    ] as const;
    counted.length = 0;
    for (const [subject, question] of asked) connection.publish(subject, question, { reply });
    const story = await connection.request('macrolith.stories.payments', '{"of":[{"key":"a"}]}');
    const unreadable = await connection.request('macrolith.stories.payments', 'x');

    expect(story.json()).toMatchObject({ messages: [], isCut: false });
    expect(unreadable.data).toHaveLength(0);
    expect(counted.filter(({ kind }) => kind === 'refused-call')).toEqual(
      asked.map(() => ({ kind: 'refused-call', operation: undefined, code: 'dropped' })),
    );
    // Neither is it gone nor made anew, and nothing was added.
    expect((await manager.streams.info(STREAM)).state.messages).toBe(messages);
  });

  test('nobody without stories of its own asks for one', async () => {
    await expect(as('notifications').connection.request('macrolith.stories.payments', 'x')).rejects.toThrow(
      /Permissions Violation/i,
    );
  });
});

describe('With the credentials of the shell', () => {
  test('everything that a module may do can be done, since any module may be in it, and the stream can be set up', async () => {
    const own = PUBLISHED.filter(
      (subject) =>
        /^macrolith\.(calls\.\w+\.\w+|(contracts|cancellations|stories)\.\w+|events\.\w+\..*)$/.test(subject) ||
        declared.some(({ name, hears }) => hears.some((event) => reading(name, event).includes(subject))) ||
        subject === '$JS.API.INFO' ||
        new RegExp(`^\\$JS\\.API\\.STREAM\\.(INFO|CREATE|UPDATE|MSG\\.GET)\\.${STREAM}$`).test(subject),
    );
    expect(await shell.mayPublish(PUBLISHED)).toEqual(own);
    expect(await shell.maySubscribe(['macrolith.calls.orders.*', '_INBOX.macrolith.shell.>'])).toHaveLength(2);
    expect(await shell.maySubscribe(['>', '_INBOX.>', '_INBOX.macrolith.orders.>', 'macrolith.events.>'])).toEqual([]);
  });
});

test('Without credentials nobody comes in', async () => {
  const { connect } = await import('@nats-io/transport-node');
  await expect(connect({ servers: nats.nats.url, maxReconnectAttempts: 0 })).rejects.toThrow(/Authorization Violation/);
});
