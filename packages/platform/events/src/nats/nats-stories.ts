import { context, currentContext, workHook } from '@macrolith/core';
import { answering, type EventNames } from '@macrolith/nats-connection';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { type BeforeApplicationShutdown, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { receivedBy } from '../log/log-tables.js';
import { inOrder, Messages, type Story, type StoryOf, withAllDeliveries } from '../operations/messages.js';
import type { ObservedLog } from '../operations/observed-log.js';
import { LogsElsewhere, Stories } from '../operations/stories.js';
import { isDenied } from './denied.js';
import type { JetStreamLink } from './jetstream-link.js';
import type { KnownModules } from './known-modules.js';
import { decodeAnswer, decodeQuestion, encodeAnswer, encodeQuestion, type KnownModule } from './story-wire.js';

/** Whoever has not answered by then is left out. */
const ANSWERED_WITHIN_MS = 2_000;

const NOTHING: Story = { messages: [], isCut: false };

/**
 * Asks the processes of other modules what their logs know of a story, and answers for the modules of this one. Of several
 * processes that have a module one answers.
 *
 * A process knows the modules that it calls and hears, and not those that call and hear it. So each answer also names
 * those whom its sender knows, and they are asked in turn.
 *
 * Logs tell of every module's messages to whoever may ask, so with users of NATS only processes may whose modules tell stories. Any
 * other is denied by the server; a story that it tells says that it is cut.
 */
export class NatsStories extends LogsElsewhere implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Stories');
  private serving: { readonly on: NatsConnection; readonly subscriptions: readonly Subscription[] } | undefined;
  /** Whether the log says that this process may not ask: once is enough while it has the same rights. */
  private hasToldDenial = false;

  constructor(
    private readonly link: JetStreamLink,
    private readonly names: EventNames,
    private readonly modules: KnownModules,
    private readonly logs: readonly ObservedLog[],
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.link.whenOpened(() => this.serve());
    this.serve();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.serving?.subscriptions.map((subscription) => subscription.drain()) ?? []).catch(() => {});
  }

  override async story(of: readonly StoryOf[]): Promise<Story> {
    const asked = new Set<string>();
    const parts: Story[] = [];
    let next = this.elsewhere(this.modules.all);
    while (next.length > 0) {
      for (const { name } of next) asked.add(name);
      const answers = await Promise.all(next.map((module) => this.ask(module, of)));
      parts.push(...answers);
      const known = new Map(answers.flatMap(({ knows }) => knows).map((module) => [module.name, module]));
      next = this.elsewhere([...known.values()]).filter(({ name }) => !asked.has(name));
    }
    return {
      messages: inOrder(withAllDeliveries(parts.map(({ messages }) => messages))),
      isCut: parts.some(({ isCut }) => isCut),
    };
  }

  private elsewhere(modules: readonly KnownModule[]): readonly KnownModule[] {
    return modules.filter(({ name }) => this.modules.isElsewhere(name));
  }

  /** One that publishes nothing and does not answer may be a program that keeps no log. */
  private async ask(
    { name, publishes }: KnownModule,
    of: readonly StoryOf[],
  ): Promise<Story & { readonly knows: readonly KnownModule[] }> {
    try {
      const { deadlineAt = Number.POSITIVE_INFINITY } = currentContext();
      const timeout = Math.max(1, Math.min(ANSWERED_WITHIN_MS, deadlineAt - Date.now()));
      const { connection } = this.link.open ?? {};
      if (connection === undefined) throw new Error('there is no connection to NATS');
      const answer = await connection.request(this.names.storiesOf(name), encodeQuestion(of), { timeout });
      return decodeAnswer(answer.string());
    } catch (error) {
      const denied = isDenied(error);
      if (denied) this.tellDenial(name);
      else if (publishes) this.logger.warn(`What '${name}' knows of a story cannot be told now. ${error}`);
      return { ...NOTHING, isCut: denied || publishes, knows: [] };
    }
  }

  private tellDenial(module: string): void {
    if (this.hasToldDenial) return;
    this.hasToldDenial = true;
    this.logger.warn(
      `Stories are cut here: nats-server does not let this process ask what '${module}' knows of one. Users of modules whose code imports ` +
        `@macrolith/events/operations may ask. If one of them is in this process, write the users' rights anew with macro nats-auth.`,
    );
  }

  private serve(): void {
    this.hasToldDenial = false;
    const { connection } = this.link.open ?? {};
    // A connection that comes back knows its subscriptions.
    if (connection === undefined || this.serving?.on === connection) return;
    const subscriptions = this.modules.here.map((module) => {
      const stories = new Stories(new Messages(this.logs.filter(({ name }) => isOf(module, name))));
      return connection.subscribe(this.names.storiesOf(module), {
        queue: this.names.system,
        callback: answering(
          (message) => context.run(Object.freeze({}), () => this.answer(stories, message, connection)),
          drop,
        ),
      });
    });
    this.serving = { on: connection, subscriptions };
  }

  /** An answer that says nothing is better than none: nobody waits for it in vain. */
  private async answer(stories: Stories, message: Msg, connection: NatsConnection): Promise<void> {
    message.respond(await this.told(stories, message, connection));
  }

  /** Nothing where it cannot be told. */
  private async told(stories: Stories, message: Msg, { info }: NatsConnection): Promise<string | undefined> {
    try {
      const story = await stories.toldHere(decodeQuestion(message.string()));
      return encodeAnswer(story, this.modules.all, info!.max_payload);
    } catch (error) {
      this.logger.warn(`A question about a story cannot be answered. ${error}`);
      return undefined;
    }
  }
}

/** Counted with the calls that are dropped: whoever asked can be told nothing. */
function drop(): void {
  workHook.current?.({ kind: 'refused-call', operation: undefined, code: 'dropped' });
}

function isOf(module: string, log: string): boolean {
  return log === module || log === receivedBy(module);
}
