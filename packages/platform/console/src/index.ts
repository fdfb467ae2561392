/** Pages and routes for whoever looks after a running shell: the public API of the console. */
import { command, instant, Port, pageOf, pageRequest, query, z } from '@macrolith/contract';
import {
  ActionNotPossible,
  ConsumerNotNamed,
  DeliveryNotFound,
  InterventionAction,
  InvalidCursor,
  LogNotFound,
  MessageNotFound,
  ReasonMissing,
  StateFilter,
} from '@macrolith/events/operations';
import { RunNotChangeable, RunNotFound, RunsNotKept } from './run-errors.js';
import { Run, RunDetails, RunStatus } from './run-views.js';
import { ListedDelivery, Log, MessageDetails, Story, Unreadable } from './views.js';

/** To see what modules said to each other, which holds what they know of people. */
const LOOK = 'console.look';
/** To change what becomes of it. */
const INTERVENE = 'console.intervene';

const Name = z.string().min(1).max(300);

/** Which deliveries are meant. What is left out does not matter. */
const Filter = z.object({
  log: Name.optional().describe('Of what this module says.'),
  state: StateFilter.optional().describe('`open` is all that is still to be handed over.'),
  consumer: Name.optional(),
  type: Name.optional().describe('With its version, or without for all versions.'),
  key: Name.optional(),
  correlationId: Name.optional(),
  messageId: z.uuid().optional(),
  olderThan: instant().optional(),
  newerThan: instant().optional(),
});

const Reason = z.object({
  who: z.string().max(200).describe('Who does it.'),
  why: z.string().max(2_000).describe('Why. Both are kept with the change.'),
});

/** What operators see and do: `console.look` is asked of whoever looks, `console.intervene` of whoever changes something. */
export abstract class Console extends Port({
  name: 'console',
  version: '0.1.0',
  operations: {
    /** Every module's log with its consumers: what is owed to them, and how far behind they are. */
    overview: query({
      permission: LOOK,
      output: z.object({
        logs: z.array(Log),
        runKeepers: z.array(z.string()).describe('The modules that keep runs of durable workflows.'),
        stuckRuns: z.int().min(0).describe('Runs that have failed too often in a row, over all modules.'),
      }),
    }),
    /** Deliveries, the newest first. */
    listDeliveries: query({
      permission: LOOK,
      input: pageRequest().extend({ ...Filter.shape, cursor: z.string().min(1).max(4_096).optional() }),
      output: pageOf(ListedDelivery),
      errors: [LogNotFound, InvalidCursor],
    }),
    /** What came over a broker and is no event, the newest first. It is kept as it came, and nobody is handed it. */
    listUnreadable: query({
      permission: LOOK,
      input: z.object({ limit: z.int().min(1).max(500).default(100) }),
      output: z.object({ messages: z.array(Unreadable) }),
    }),
    /** A message with its data, what became of it at each consumer, and what people did about it. */
    showMessage: query({
      permission: LOOK,
      input: z.object({ messageId: z.uuid() }),
      output: MessageDetails,
      errors: [MessageNotFound],
    }),
    /** What followed from one wish, or all events of one key, over all modules. */
    story: query({
      permission: LOOK,
      input: z.object({ of: z.enum(['correlation', 'key']), value: Name }),
      output: Story,
    }),
    /** How many deliveries an action would change. Counted up to 10,000. */
    howMany: query({
      permission: LOOK,
      input: Filter.extend({ action: InterventionAction }),
      output: z.object({ found: z.int().min(0) }),
      errors: [LogNotFound],
    }),
    /** Retries, discards or replays one delivery. The consumer may be left out where there is only one. */
    intervene: command({
      permission: INTERVENE,
      input: Reason.extend({ messageId: z.uuid(), consumer: Name.optional(), action: InterventionAction }),
      output: z.object({ messageId: z.uuid(), consumer: z.string() }),
      errors: [MessageNotFound, DeliveryNotFound, ConsumerNotNamed, ActionNotPossible, ReasonMissing],
    }),
    /** The same for all deliveries that are meant and that it is possible for, the oldest first. */
    interveneMany: command({
      permission: INTERVENE,
      input: Reason.extend({
        ...Filter.shape,
        action: InterventionAction,
        atMost: z.int().min(1).max(10_000).describe('How many: what was told before.'),
      }),
      output: z.object({ changed: z.int().min(0) }),
      errors: [LogNotFound, ReasonMissing],
    }),
    /** Runs of a module's durable workflows, the newest first. */
    listRuns: query({
      permission: LOOK,
      input: pageRequest().extend({ module: Name, status: RunStatus.optional(), workflow: Name.optional() }),
      output: pageOf(Run),
      errors: [RunsNotKept],
    }),
    /** A run with its steps and what people did to it. */
    showRun: query({
      permission: LOOK,
      input: z.object({ module: Name, runId: z.uuid() }),
      output: RunDetails,
      errors: [RunsNotKept, RunNotFound],
    }),
    /** Has a run tried again now, or takes back what it has done. */
    interveneRun: command({
      permission: INTERVENE,
      input: Reason.extend({ module: Name, runId: z.uuid(), action: z.enum(['retry', 'cancel']) }),
      errors: [RunsNotKept, RunNotFound, RunNotChangeable, ReasonMissing],
    }),
  },
}) {}

export { RunNotChangeable, RunNotFound, RunsNotKept } from './run-errors.js';
