import { MessageChannel, moveMessagePortToContext, receiveMessageOnPort } from 'node:worker_threads';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Node's environment, with a `structuredClone` whose answers belong to the tests' own realm.
 *
 * Jest runs tests in a context of their own, with its own Date, Map and Object, and hands in the `structuredClone` of
 * the context outside. Its clones are of that other realm, where `instanceof Date` is false: schemas refuse them, and
 * `toStrictEqual` tells them apart. A message port that was moved into a context makes its messages there, by the same
 * algorithm.
 */
export default class OneRealmEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    const { port1, port2 } = new MessageChannel();
    this.outside = port1;
    const inside = moveMessagePortToContext(port2, this.context);
    this.global.structuredClone = (value, options) => {
      port1.postMessage(value, options?.transfer ?? []);
      return receiveMessageOnPort(inside).message;
    };
  }

  async teardown() {
    this.outside?.close();
    await super.teardown();
  }
}
