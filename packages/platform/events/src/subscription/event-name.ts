const VERSIONED = /^(.+)\.v([1-9][0-9]*)$/;

/** An event's stable name, and which version of it. */
export interface EventName {
  /** `orders.order-placed` */
  readonly name: string;
  /** 1, 2, 3 */
  readonly version: number;
}

/** Takes a CloudEvents type such as `orders.order-placed.v1` apart. */
export function eventNameOf(type: string): EventName {
  const [, name, version] = VERSIONED.exec(type) ?? [];
  if (name === undefined) throw new TypeError(`'${type}' is no type of an event: it does not end with a version.`);
  return { name, version: Number(version) };
}
