import { expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { CallCancelled, Cancellation } from './cancellation.js';

test('listeners hear once that nobody waits, and at once where that is so already', () => {
  const cancellation = new Cancellation();
  const heard: string[] = [];
  cancellation.onCancel(() => heard.push('first'));
  const stop = cancellation.onCancel(() => heard.push('stopped listening'));
  stop();
  cancellation.throwIfCancelled();
  expect(cancellation.isCancelled).toBe(false);

  cancellation.cancel();
  cancellation.cancel();
  cancellation.onCancel(() => heard.push('late'));

  expect(heard).toEqual(['first', 'late']);
  expect(cancellation.isCancelled).toBe(true);
  expect(() => cancellation.throwIfCancelled()).toThrow(CallCancelled);
});

test('a listener that throws is logged, and keeps the end neither from the others nor from whoever tells of it', () => {
  const errors = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
  const cancellation = new Cancellation();
  const broken = new Error('the shutter is stuck');
  const heard: string[] = [];
  cancellation.onCancel(() => {
    throw broken;
  });
  cancellation.onCancel(() => heard.push('second'));

  cancellation.cancel();

  expect(heard).toEqual(['second']);
  expect(errors.mock.calls).toEqual([[{ err: broken }, expect.any(String)]]);
  errors.mockRestore();
});

test.each(['before', 'after'])('its signal is aborted, also where it was asked for %s', (when) => {
  const cancellation = new Cancellation();
  if (when === 'before') expect(cancellation.signal.aborted).toBe(false);

  cancellation.cancel();

  expect(cancellation.signal.aborted).toBe(true);
  expect(cancellation.signal.reason).toBeInstanceOf(CallCancelled);
});
