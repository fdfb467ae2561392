import { afterEach, expect, test } from '@jest/globals';
import {
  currentContext,
  type FollowedWork,
  follow,
  runInContext,
  type Work,
  type WorkEnd,
  workHook,
} from '@macrolith/core';

const WORK: Work = { kind: 'transaction', traceparent: undefined };
const described = () => WORK;
const PLACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

afterEach(() => {
  workHook.current = undefined;
});

function listen(context: FollowedWork['context']): { readonly begun: Work[]; readonly ended: WorkEnd[] } {
  const seen = { begun: [] as Work[], ended: [] as WorkEnd[] };
  workHook.current = (work) => {
    seen.begun.push(work);
    return { context, end: (how) => seen.ended.push(how) };
  };
  return seen;
}

const inItsContext = (work: () => unknown) => (changes: FollowedWork['context']) =>
  runInContext(changes, async () => work());

test('work that nobody follows runs in the context that is there', async () => {
  await runInContext({ tenant: 'north' }, () =>
    follow(
      described,
      inItsContext(() => expect(currentContext()).toEqual({ tenant: 'north' })),
    ),
  );
});

test('work that nobody follows is not even described', async () => {
  const describe = () => {
    throw new Error('asked');
  };
  expect(await follow(describe, async () => 4)).toBe(4);
});

test('whoever follows work says where it stands in its trace, and is told of its end', async () => {
  const seen = listen({ traceparent: PLACE });
  const answer = await follow(
    described,
    inItsContext(() => currentContext().traceparent),
  );
  expect(answer).toBe(PLACE);
  expect(seen).toEqual({ begun: [WORK], ended: [{}] });
});

test('an error ends the work with it, and reaches the caller', async () => {
  const seen = listen({});
  const error = new Error('no');
  await expect(follow(described, () => Promise.reject(error))).rejects.toBe(error);
  expect(seen.ended).toEqual([{ error }]);
});

test('work may be passed over', async () => {
  workHook.current = () => undefined;
  expect(await follow(described, async (changes) => changes)).toEqual({});
});
