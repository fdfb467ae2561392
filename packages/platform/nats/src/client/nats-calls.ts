import type { AnyPort, Operation } from '@macrolith/contract';
import {
  CallCancelled,
  type CallContext,
  type CallEdge,
  context,
  type PrincipalTokens,
  type RemoteAnswer,
  RemoteCalls,
  type SendCall,
} from '@macrolith/core';
import type { CallNames, LinkUser, NatsLink } from '@macrolith/nats-connection';
import type { NatsConnection } from '@nats-io/transport-node';
import type { NatsCallOptions } from '../nats-options.js';
import { constantLines, headerLine } from '../wire/header-lines.js';
import { HEADER } from '../wire/header-names.js';
import { encodedValue } from '../wire/header-text.js';
import { attempts } from './attempts.js';
import { PrincipalCannotTravel, RemoteUnavailable } from './call-errors.js';
import { ReplyInbox } from './reply-inbox.js';
import { Target, type TargetState } from './target.js';

/** Calls of this process to modules in others, over NATS. */
export class NatsCalls extends RemoteCalls implements LinkUser {
  private readonly targets = new Map<string, Target>();
  /**
   * By the module that is called. Whoever answers a call learns its address, and could have others send what they answer to the next ones
   * (`reply` of a request is anything): so it learns nothing of where the answers of other modules arrive.
   */
  private readonly inboxes = new Map<string, ReplyInbox>();
  private connection: NatsConnection | undefined;

  constructor(
    private readonly link: NatsLink,
    private readonly names: CallNames,
    private readonly options: NatsCallOptions,
    private readonly tokens: PrincipalTokens | undefined,
  ) {
    super();
    link.use(this);
  }

  /** The remote modules that something here may call, as they are found at this moment. */
  get remoteModules(): readonly TargetState[] {
    return [...this.targets.values()].map(({ state }) => state);
  }

  connected(connection: NatsConnection): void {
    this.lost();
    this.inboxes.clear();
    this.connection = connection;
  }

  lost(): void {
    for (const inbox of this.inboxes.values()) inbox.lose();
  }

  denied(subject: string): void {
    for (const inbox of this.inboxes.values()) inbox.deny(subject);
  }

  override sender(port: AnyPort, operation: Operation, edge: CallEdge): SendCall {
    const { id, module, kind } = operation;
    const target = this.targetOf(module);
    const subject = this.names.subjectOf(operation);
    // What has begun to change something is done to its end.
    const cancellations = kind === 'query' ? this.names.cancellationsOf(module) : undefined;
    const constants = constantLines(edge.from, port.contract.version);

    return (input, key) => {
      const running = context.getStore() ?? NOWHERE;
      const deadlineAt = running.deadlineAt ?? Date.now() + this.options.timeoutMs;
      const { cancellation } = running;
      const body = JSON.stringify(input);
      const send = (lines: string) =>
        attempts<RemoteAnswer>(operation, target, deadlineAt, (leftMs, patienceMs) => {
          const inbox = this.inboxOf(module);
          if (inbox === undefined) return Promise.reject(new RemoteUnavailable(id, 'not-connected'));
          if (cancellation?.isCancelled === true) return Promise.reject(new CallCancelled());
          return inbox.ask({
            operation: id,
            subject,
            body,
            lines,
            timeoutMs: leftMs,
            patienceMs,
            sender: target,
            cancellation,
            cancellations,
          });
        });
      const lines = constants + contextLines(running, key);
      const principal = this.principalLine(operation, edge.from, running);
      return typeof principal === 'string' ? send(lines + principal) : principal.then((line) => send(lines + line));
    };
  }

  /** Nothing while there is no connection. */
  private inboxOf(module: string): ReplyInbox | undefined {
    const { connection } = this;
    if (!this.link.isUp || connection === undefined || connection.isClosed() || connection.isDraining())
      return undefined;
    let inbox = this.inboxes.get(module);
    if (inbox === undefined) {
      inbox = new ReplyInbox(connection, this.link.place.connection.inboxPrefix);
      this.inboxes.set(module, inbox);
    }
    return inbox;
  }

  private targetOf(module: string): Target {
    let target = this.targets.get(module);
    if (target === undefined) {
      target = new Target(module, { ...this.options.resilience, ...this.options.resilienceOf[module] });
      this.targets.set(module, target);
    }
    return target;
  }

  /** A module that acts on its own account says so only where somebody is asked for: most calls need no token. */
  private principalLine({ id, permission }: Operation, from: string, running: CallContext): string | Promise<string> {
    const { principal, tenant } = running;
    if (principal === undefined && (permission === undefined || this.tokens === undefined)) return '';
    if (this.tokens === undefined) throw new PrincipalCannotTravel(id);
    const whose = principal === undefined ? { module: from } : { principal };
    const identity = tenant === undefined ? whose : { ...whose, tenant };
    return this.tokens.issue(identity).then((token) => {
      if (token !== undefined) return headerLine(HEADER.principal, token);
      if (principal !== undefined) throw new PrincipalCannotTravel(id);
      return '';
    });
  }
}

const NOWHERE: CallContext = Object.freeze({});

/** What of the running call's context travels as it is. */
function contextLines(running: CallContext, key: string | undefined): string {
  const { traceparent, tracestate, tenant, locale, correlationId, messageId } = running;
  let lines = '';
  if (key !== undefined) lines += headerLine(HEADER.idempotencyKey, encodedValue(key));
  if (traceparent !== undefined) lines += headerLine(HEADER.traceparent, encodedValue(traceparent));
  if (tracestate !== undefined) lines += headerLine(HEADER.tracestate, encodedValue(tracestate));
  if (tenant !== undefined) lines += headerLine(HEADER.tenant, encodedValue(tenant));
  if (locale !== undefined) lines += headerLine(HEADER.locale, encodedValue(locale));
  if (correlationId !== undefined) lines += headerLine(HEADER.correlationId, encodedValue(correlationId));
  if (messageId !== undefined) lines += headerLine(HEADER.messageId, encodedValue(messageId));
  return lines;
}
