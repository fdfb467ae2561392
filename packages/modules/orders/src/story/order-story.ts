import { instant, z } from '@macrolith/contract';

/** How something that was said was taken by one of those whom it concerns. */
export const Handling = z.object({
  by: z.string().describe('Who: module and method, or the operation that is the task.'),
  state: z
    .enum(['open', 'done', 'dead', 'discarded'])
    .describe('`dead`: all attempts failed. `discarded`: somebody decided that it is not to be done.'),
  attempts: z.int().min(0),
  at: instant().optional().describe('When it ended, or last failed.'),
  failure: z.string().optional().describe('Why the last attempt failed, in one line.'),
});
export type Handling = z.output<typeof Handling>;

/** A fact that a module told, or work that it asked for. */
export const StoryEntry = z.object({
  messageId: z.uuid(),
  kind: z.enum(['event', 'task']),
  type: z.string().describe('Stable name: `payments.payment-captured.v1`; of a task, the operation that does it.'),
  saidBy: z.string().describe('The module that said it.'),
  saidAt: instant(),
  because: z.uuid().optional().describe('The message that was being handled when it was said.'),
  handled: z.array(Handling),
});
export type StoryEntry = z.output<typeof StoryEntry>;

export const OrderStory = z.object({
  entries: z.array(StoryEntry).describe('The oldest first.'),
  isCut: z.boolean().describe('There is more than is shown.'),
});
export type OrderStory = z.output<typeof OrderStory>;
