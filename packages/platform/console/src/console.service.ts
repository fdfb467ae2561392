import type { InputOf, OutputOf } from '@macrolith/contract';
import { detach } from '@macrolith/data';
import { type DeliveryFilter, EventOperations } from '@macrolith/events/operations';
import { Injectable } from '@nestjs/common';
import type { Console } from './index.js';
import { WorkflowRuns } from './workflow-runs.js';

/** Most deliveries that are counted or changed at once. */
const MOST_AT_ONCE = 10_000;

/** The console of this process: what its modules' logs hold, under each module's role. */
@Injectable()
export class ConsoleService implements Console {
  constructor(
    private readonly events: EventOperations,
    private readonly runs: WorkflowRuns,
  ) {}

  async overview(): Promise<OutputOf<Console['overview']>> {
    const [logs, stuckRuns] = await Promise.all([this.events.consumers.overview(), this.runs.stuck()]);
    return {
      runKeepers: this.runs.modules,
      stuckRuns,
      logs: logs.map((log) => ({
        ...log,
        consumers: log.consumers.map((consumer) => ({ ...consumer, events: [...consumer.events] })),
      })),
    };
  }

  listDeliveries({ cursor, limit, ...filter }: InputOf<Console['listDeliveries']>) {
    return this.events.deliveries.list(filter, { cursor, limit });
  }

  async listUnreadable({ limit }: InputOf<Console['listUnreadable']>): Promise<OutputOf<Console['listUnreadable']>> {
    return { messages: [...(await this.events.unreadable.list(limit))] };
  }

  async showMessage({ messageId }: InputOf<Console['showMessage']>): Promise<OutputOf<Console['showMessage']>> {
    const { data, deliveries, interventions, ...message } = await this.events.messages.show(messageId);
    return {
      ...message,
      data: JSON.stringify(data, null, 2),
      deliveries: [...deliveries],
      interventions: [...interventions],
    };
  }

  async story({ of, value }: InputOf<Console['story']>): Promise<OutputOf<Console['story']>> {
    const { messages, isCut } = await this.events.messages.story(
      of === 'key' ? { key: value } : { correlationId: value },
    );
    return { isCut, messages: messages.map((message) => ({ ...message, deliveries: [...message.deliveries] })) };
  }

  async howMany({ action, ...filter }: InputOf<Console['howMany']>) {
    return { found: await this.events.interventions.howMany(action, filter, MOST_AT_ONCE) };
  }

  /** Relays must be able to see a change before they hear of it: it commits by itself, whoever calls. */
  async intervene({ action, messageId, consumer, who, why }: InputOf<Console['intervene']>) {
    const name = { messageId, consumer };
    const delivery = await detach(() => this.events.interventions.act(action, name, { who, why }));
    return { messageId, consumer: delivery.consumer };
  }

  async interveneMany({ action, who, why, atMost, ...filter }: InputOf<Console['interveneMany']>) {
    const meant: DeliveryFilter = filter;
    return { changed: await detach(() => this.events.interventions.actOnMany(action, meant, { who, why }, atMost)) };
  }

  listRuns(input: InputOf<Console['listRuns']>) {
    return this.runs.list(input);
  }

  showRun(input: InputOf<Console['showRun']>) {
    return this.runs.show(input);
  }

  interveneRun(input: InputOf<Console['interveneRun']>) {
    return this.runs.intervene(input);
  }
}
