const MODULE = /^[a-z][a-z0-9-]*$/;
const EVENT = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/;

/** Whether a text names a module, a program or a user, and so is one word of a subject and no wildcard: `fraud`. */
export function isPlainName(text: string): boolean {
  return MODULE.test(text);
}

/** Whether a text names an event without its version: `orders.order-placed`. */
export function isPlainEvent(text: string): boolean {
  return EVENT.test(text);
}
