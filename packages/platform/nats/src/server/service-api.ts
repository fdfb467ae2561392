import { randomUUID } from 'node:crypto';
import type { Contract } from '@macrolith/contract';
import { answering, type CallNames, SERVICE_VERBS, type ServiceVerb, serviceSubject } from '@macrolith/nats-connection';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { PROTOCOL } from '../wire/header-names.js';
import type { ServedOperation } from './served-operation.js';

interface Service {
  readonly contract: Contract;
  readonly operations: ReadonlyMap<string, ServedOperation>;
}

/**
 * Tells what is served here by the service API of NATS, so that `nats micro ls`, `info` and `stats` show it: one service a module,
 * one endpoint an operation (https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md). The library of
 * NATS for it, @nats-io/services, would bring a second and older client, and serve the operations itself.
 */
export class ServiceApi {
  private readonly startedAt = new Date().toISOString();
  private readonly id = randomUUID();

  constructor(
    private readonly names: CallNames,
    private readonly services: readonly Service[],
    /** What the process as a whole has to tell, beside what ADR-32 lays down. */
    private readonly state: () => object,
    private readonly dropped: () => void,
  ) {}

  /** Every process answers for itself, so there is no queue group. */
  subscribe(connection: NatsConnection): readonly Subscription[] {
    return SERVICE_VERBS.flatMap((verb) => [
      connection.subscribe(serviceSubject(verb), {
        callback: answering((message) => this.answer(verb, this.services, message), this.dropped),
      }),
      ...this.services.flatMap((service) => {
        const callback = answering((message) => this.answer(verb, [service], message), this.dropped);
        const { name } = service.contract;
        return [
          connection.subscribe(serviceSubject(verb, name), { callback }),
          connection.subscribe(serviceSubject(verb, name, this.id), { callback }),
        ];
      }),
    ]);
  }

  private answer(verb: ServiceVerb, services: readonly Service[], message: Msg): void {
    for (const service of services) message.respond(JSON.stringify(this.tell(verb, service)));
  }

  private tell(verb: ServiceVerb, { contract, operations }: Service): object {
    const identity = {
      type: `io.nats.micro.v1.${verb.toLowerCase()}_response`,
      name: contract.name,
      id: this.id,
      version: contract.version,
      metadata: {
        'macrolith-protocol': PROTOCOL,
        'macrolith-contract': this.names.contractOf(contract.name),
      },
    };
    if (verb === 'PING') return identity;
    const endpoints = [...operations].map(([subject, { operation, statistics }]) => ({
      name: operation.name,
      subject,
      queue_group: this.names.queueGroup,
      ...(verb === 'INFO' ? { metadata: { kind: operation.kind } } : statistics.figures),
    }));
    return verb === 'INFO'
      ? { ...identity, description: `The module '${contract.name}'`, endpoints }
      : { ...identity, started: this.startedAt, endpoints, process: this.state() };
  }
}
