import { describe, expect, test } from '@jest/globals';
import { command, defineError, encodeError, Port, query, task, z } from '@macrolith/contract';
import { workflow } from '@macrolith/core';
import { keyOfMove } from './move.js';
import { planOf } from './planned-workflow.js';
import { Run } from './run.js';

class Full extends defineError('inn.full', {}, () => 'No room is left.') {}

abstract class Inn extends Port({
  name: 'inn',
  version: '1.0.0',
  operations: {
    rooms: query({ output: z.int() }),
    hold: command({ output: z.object({ room: z.int() }), errors: [Full] }),
    free: command({ input: z.object({ room: z.int() }) }),
    give: command({ input: z.object({ room: z.int() }), errors: [Full], external: true }),
    greet: task({ input: z.object({ room: z.int() }) }),
  },
}) {}

const stay = workflow('inn.stay', { version: 1, input: z.object({ who: z.string() }), output: z.int() })
  .read('rooms', Inn.op.rooms, () => undefined)
  .step('held', Inn.op.hold, () => undefined)
  .compensate(Inn.op.free, ({ held }) => held)
  .pivot('given', Inn.op.give, ({ held }) => held)
  .enqueue('greeting', Inn.op.greet, ({ held }) => held)
  .result(({ held }) => held.room);

const begun = () =>
  new Run({
    id: 'r',
    plan: planOf('inn', stay, ({ external }) => external),
    input: { who: 'ada' },
    context: {},
    deadlineAt: undefined,
    lease: 'l',
  });
const answered = (run: Run, output: unknown) => {
  const move = run.nextMove()!;
  return run.done(move, run.inputOf(move), output);
};
const nextOf = (run: Run) => {
  const move = run.nextMove();
  return move && `${move.direction} ${move.name}`;
};
const held = () => answered(answered(begun(), 3), { room: 7 });

describe('A run', () => {
  test('goes through its steps in order, each with what those before have answered', () => {
    const run = held();
    expect(nextOf(run)).toBe('do given');
    expect(run.inputOf(run.nextMove()!)).toEqual({ room: 7 });
    const done = answered(answered(run, undefined), undefined).ended();
    expect(done.progress).toMatchObject({ status: 'done', outcome: 7 });
  });

  test('keeps the input of a call that was sent, whatever its mapping would make of it now', () => {
    const run = held();
    const move = run.nextMove()!;
    const other = { ...move, input: () => ({ room: 8 }) };
    expect(run.sent(move).inputOf(other)).toEqual({ room: 7 });
    expect(keyOfMove('r', move)).toBe('r/given');
  });

  test('turns round when a step is refused, and takes back what was done', () => {
    const run = held();
    const move = run.nextMove()!;
    const refused = run.sent(move).refused(move, { room: 7 }, encodeError(Inn.op.give, new Full({}))!);
    expect(nextOf(refused)).toBe('undo held');
    expect(keyOfMove('r', refused.nextMove()!)).toBe('r/held/undo');
    const back = answered(refused, undefined);
    expect(nextOf(back)).toBeUndefined();
    expect(back.ended().progress).toMatchObject({
      status: 'compensated',
      error: { code: 'inn.full', operation: 'inn.give' },
    });
  });

  test('is past the point of no return while its pivot may have happened, and not when that was refused', () => {
    const run = held();
    const move = run.nextMove()!;
    expect(run.isPastReturn).toBe(false);
    const sent = run.sent(move);
    expect(sent.isPastReturn).toBe(true);
    expect(sent.refused(move, null, encodeError(Inn.op.give, new Full({}))!).isPastReturn).toBe(false);
  });

  test('that is cancelled first learns what became of a call under way', () => {
    const run = held();
    const sent = run.sent(run.nextMove()!).cancelled('a mistake');
    expect(nextOf(sent)).toBe('do given');
    expect(nextOf(run.cancelled('a mistake'))).toBe('undo held');
    expect(answered(run.cancelled('a mistake'), undefined).ended().progress.status).toBe('cancelled');
  });

  test('hands each mapping values of its own', () => {
    const run = held();
    const move = run.nextMove()!;
    const greedy = {
      ...move,
      input: ({ held }: { held: { room: number } }) => {
        held.room += 1;
        return { room: held.room };
      },
    };
    expect(run.inputOf(greedy)).toEqual({ room: 8 });
    expect(run.inputOf(greedy)).toEqual({ room: 8 });
  });

  test('knows what the database does not know yet', () => {
    expect(held().unsavedRecords.map(({ name }) => name)).toEqual(['rooms', 'held']);
    expect(held().saved().unsavedRecords).toEqual([]);
  });
});
