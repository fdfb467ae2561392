import { PlatformError } from '@macrolith/core';
import type { SentStatement } from '../transaction/scope.js';
import { shortened } from './unit-of-work-errors.js';

/**
 * A statement, or a nested command, waited too long for an open command of the same unit of work: most likely that
 * command awaits it, so that both would wait for ever. The whole unit of work rolls back.
 */
export class TurnTimeout extends PlatformError {
  readonly code = 'macrolith.turn-timeout';
  constructor(
    /** The statement that waited and was never sent; undefined when a nested command waited to begin. */
    readonly waiting: SentStatement | undefined,
    /** What the command that it waited for had sent last, if it had sent anything. */
    readonly openCommand: SentStatement | undefined,
    readonly waitedMs: number,
  ) {
    const who = waiting === undefined ? 'A nested command' : `A statement of module '${waiting.module}'`;
    const forWhom =
      openCommand === undefined
        ? 'that had sent no statement'
        : `whose last statement was one of module '${openCommand.module}' (${shortened(openCommand.statement)})`;
    super(
      `${who} waited ${waitedMs} ms for an open command of the same unit of work, ${forWhom}, and was never sent; ` +
        'the whole unit of work rolls back. If that command awaits it, the two wait for each other: ' +
        'await it before the command is called, or begin it inside of the command. If the command is only slow, ' +
        `await the command first.${waiting === undefined ? '' : ` Waited: ${shortened(waiting.statement)}`}`,
    );
  }
}
