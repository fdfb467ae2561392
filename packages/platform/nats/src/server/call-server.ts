import { type Contract, type Operation, snapshot } from '@macrolith/contract';
import {
  InstalledModules,
  PortRegistry,
  type PrincipalTokens,
  type Shutdown,
  type TaskTerms,
  workHook,
} from '@macrolith/core';
import { answering, type CallNames, isInbox, type LinkUser, type NatsLink } from '@macrolith/nats-connection';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { NatsCallOptions } from '../nats-options.js';
import { MessageTooLarge, publish } from '../wire/publish.js';
import { MOST_HEADER_BYTES, received } from '../wire/received.js';
import { type Answer, refused } from './answer.js';
import { CallRefused } from './call-refused.js';
import { Cancellations } from './cancellations.js';
import { ServedOperation, type Serving } from './served-operation.js';
import { ServedSubjects, type ServingObstacle } from './served-subjects.js';
import { ServiceApi } from './service-api.js';

/** How much this process has to do for others, and what it could not answer. */
export interface ServerState {
  readonly underWay: number;
  /** Messages without an inbox for the answer: whoever sent them could not be told anything. */
  readonly dropped: number;
  /** Calls that were answered `overloaded`. */
  readonly overloaded: number;
  /** How often calls were refused, by the code of the refusal. */
  readonly refused: Readonly<Record<string, number>>;
}

interface ServedModule {
  readonly contract: Contract;
  readonly operations: ReadonlyMap<string, ServedOperation>;
}

/**
 * Serves the public contracts of this process's modules to others: a transport strategy of Nest.
 *
 * 1. `listen` subscribes for each module, within the queue group that all processes of the product share.
 * 2. Each call becomes an answer, in a context of its own that is made from its headers.
 * 3. `close` gives up the subscriptions, and waits a while until whatever has arrived by then is answered.
 *
 * Neither private ports are served, nor modules that are about their very process, such as the console.
 */
export class CallServer extends Server implements CustomTransportStrategy, LinkUser, OnModuleDestroy {
  override readonly transportId = Symbol('macrolith.nats');
  protected override readonly logger = new Logger('CallServer');
  private readonly modules: readonly ServedModule[];
  private readonly served: ReadonlyMap<string, ServedOperation>;
  private readonly serviceApi: ServiceApi;
  private readonly cancellations: Cancellations;
  private underWay = 0;
  /** Called when nothing is under way any more. */
  private idle: (() => void) | undefined;
  private readonly subjects: ServedSubjects;
  /** By which it is told what is served here: of no use to callers. */
  private discovery: readonly Subscription[] = [];
  private dropped = 0;
  private overloaded = 0;
  private readonly refusals: Record<string, number> = {};
  private listening: ((...parameters: unknown[]) => void) | undefined;
  private closed: Promise<void> | undefined;

  constructor(
    installed: InstalledModules,
    registry: PortRegistry,
    private readonly link: NatsLink,
    private readonly names: CallNames,
    private readonly options: NatsCallOptions,
    tokens: PrincipalTokens | undefined,
    terms: TaskTerms | undefined,
    private readonly shutdown: Shutdown,
  ) {
    super();
    const on: Serving = { registry, tokens, terms, logger: this.logger };
    this.modules = installed.all
      .filter(({ isRemote, manifest }) => !isRemote && !manifest.isOfItsProcess)
      .map(({ manifest: { port } }) => {
        const operations: readonly Operation[] = Object.values(port.contract.operations);
        return {
          contract: port.contract,
          operations: new Map(
            operations.map((operation) => [names.subjectOf(operation), new ServedOperation(port, operation, on)]),
          ),
        };
      });
    this.served = new Map(this.modules.flatMap(({ operations }) => [...operations]));
    this.cancellations = new Cancellations(names);
    this.subjects = new ServedSubjects(
      this.modules.flatMap(({ contract }) => [
        (connection: NatsConnection) => this.takeCalls(connection, contract),
        (connection: NatsConnection) => this.publishContract(connection, contract),
        (connection: NatsConnection) => this.cancellations.subscribe(connection, contract.name),
      ]),
      link,
      this.logger,
    );
    this.serviceApi = new ServiceApi(names, this.modules, () => this.state, this.drop);
  }

  get state(): ServerState {
    return {
      underWay: this.underWay,
      dropped: this.dropped,
      overloaded: this.overloaded,
      refused: { ...this.refusals },
    };
  }

  /** Why others are not served now: NATS has not been reached yet, or denies what they call. */
  get obstacle(): ServingObstacle | undefined {
    return this.subjects.obstacle;
  }

  /** Resolves when others are served for the first time: NATS was reached, and denied nothing of what they call. */
  get serving(): Promise<void> {
    return this.subjects.serving;
  }

  /** Calls back once it has tried to serve, be it in vain: NATS need not be there yet. `serving` tells when it serves. */
  override listen(callback: (...parameters: unknown[]) => void): void {
    this.listening = callback;
    this.link.use(this);
    if (this.link.connection === undefined) this.tried();
  }

  connected(connection: NatsConnection): void {
    if (this.closed !== undefined) return;
    this.discovery = this.serviceApi.subscribe(connection);
    void this.subjects.take(connection).then(() => this.tried());
  }

  /** The subscriptions are made again by the connection itself. */
  lost(): void {}

  /** Except those that were denied. */
  back(): void {
    void this.subjects.takeMissing();
  }

  /** Answers what has arrived, and takes nothing new. May be called again. */
  override close(): Promise<void> {
    this.closed ??= this.drain();
    return this.closed;
  }

  /** Before anything that a call may need is gone, however the application is closed. */
  onModuleDestroy(): Promise<void> {
    return this.close();
  }

  override on(): never {
    throw new TypeError('Events of this transport are not for subscribing: its state is told by `state`.');
  }

  override unwrap<T>(): T {
    return this.link.connection as T;
  }

  private tried(): void {
    this.listening?.();
    this.listening = undefined;
  }

  private async drain(): Promise<void> {
    await Promise.all([this.subjects.giveUp(), this.link.giveUp(this.discovery, 'answers')]);
    await this.untilAnswered();
    await this.link.flushed('answers');
  }

  private async untilAnswered(): Promise<void> {
    if (this.underWay === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.idle = resolve;
    const isOver = await this.shutdown.waitFor('answers', promise, this.options.drainMs);
    if (!isOver) this.logger.warn(`${this.underWay} calls are given up: they take too long.`);
  }

  private takeCalls(connection: NatsConnection, contract: Contract): Subscription {
    return connection.subscribe(this.names.subjectsOf(contract.name), {
      queue: this.names.queueGroup,
      callback: (error, message) => {
        if (error === null) this.take(connection, message);
      },
    });
  }

  private take(connection: NatsConnection, message: Msg): void {
    if (!isInbox(message.reply)) {
      this.drop();
      return;
    }
    const operation = this.served.get(message.subject);
    if (operation === undefined) {
      this.reply(connection, message, refused(unknownOperation(message.subject).refusal));
      return;
    }
    if (this.underWay >= this.options.concurrency) {
      this.overloaded += 1;
      this.reply(connection, message, refused(OVERLOADED.refusal));
      return;
    }
    const call = received(message);
    if (call === undefined) {
      this.reply(connection, message, refused(NO_HEADERS.refusal));
      return;
    }
    const query = operation.operation.kind === 'query' ? this.cancellations.note(message) : undefined;
    this.underWay += 1;
    void operation.answer(call, query?.cancellation).then((answer) => {
      if (query !== undefined) this.cancellations.forget(query);
      this.reply(connection, message, answer);
      this.underWay -= 1;
      if (this.underWay === 0) this.idle?.();
    });
  }

  /** Whoever sent it can be told nothing. A field, so that it can be handed on. */
  private readonly drop = (): void => {
    this.dropped += 1;
    this.tell('dropped');
  };

  private tell(code: string, subject?: string): void {
    workHook.current?.({ kind: 'refused-call', operation: this.served.get(subject ?? '')?.operation.id, code });
  }

  private reply(connection: NatsConnection, message: Msg, { status, lines, body, error }: Answer): void {
    if (status === 'refused') {
      this.refusals[error!] = (this.refusals[error!] ?? 0) + 1;
      this.tell(error!, message.subject);
    }
    try {
      publish(connection, { subject: message.reply!, lines, body });
    } catch (error) {
      // Nobody is left to be told when the connection has closed.
      if (!(error instanceof MessageTooLarge)) return;
      const { maxBytes } = error;
      this.logger.error(`The answer of ${message.subject} is larger than the ${maxBytes} bytes of a message of NATS.`);
      this.reply(connection, message, refused(answerTooLarge(maxBytes).refusal));
    }
  }

  /** What other languages read, and what is newer than what a caller was built with. */
  private publishContract(connection: NatsConnection, contract: Contract): Subscription {
    let text: string | undefined;
    return connection.subscribe(this.names.contractOf(contract.name), {
      queue: this.names.queueGroup,
      callback: answering((message) => {
        text ??= JSON.stringify(snapshot(contract));
        message.respond(text);
      }, this.drop),
    });
  }
}

const OVERLOADED = new CallRefused(
  'overloaded',
  'This process has as much under way as it takes. Nothing was begun; ask again a little later.',
);

const NO_HEADERS = new CallRefused(
  'protocol',
  `The call has no headers that can be read, or more than the ${MOST_HEADER_BYTES} bytes of them that are read.`,
);

function unknownOperation(subject: string): CallRefused {
  return new CallRefused(
    'unknown-operation',
    `The contract that this process serves has no operation for ${subject}. Another version of the module may have it.`,
  );
}

function answerTooLarge(maxBytes: number): CallRefused {
  return new CallRefused(
    'payload-too-large',
    `The answer is larger than the ${maxBytes} bytes that a message of NATS may have. It was done; ask for less at once, or raise max_payload of nats-server.`,
  );
}
