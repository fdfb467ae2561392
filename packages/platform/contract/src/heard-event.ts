import type { z } from 'zod';
import { camelCase, refuseEventName } from './contract-name.js';
import type { EventType } from './event.js';
import { refuseUnwirable } from './wire/wire-refusal.js';
import type { Wire } from './wire/wire-type.js';

/** An event of another module as its consumer understands it. Frozen. It can be heard, and not published. */
export interface HeardEvent<Data = any> extends EventType<Data> {
  readonly heard: true;
}

/**
 * Declares what a consumer reads of another module's event, without importing that module: a tolerant reader
 * (https://martinfowler.com/bliki/TolerantReader.html). A module hears one that stands above it this way, since packages
 * must not import each other in a circle. The fields that it does not name are left out, whatever the publisher adds to
 * them. Where the publisher is installed in the same process, a shell that boots holds the declaration to its contract.
 *
 * ```ts
 * export const orderPlaced = heardEvent('orders.order-placed', { version: 1, data: z.object({ orderId: z.string() }) });
 * ```
 *
 * @param name the event's stable name without its version
 * @throws TypeError for what is no such name or version, and for data that cannot cross a wire
 */
export function heardEvent<Data extends z.ZodType>(
  name: string,
  declared: {
    /** The version whose meaning the consumer knows. */
    version: number;
    /** The fields that the consumer needs, and no others. */
    data: Data & Wire<Data>;
  },
): HeardEvent<z.output<Data>> {
  const { version, data } = declared;
  refuseEventName(name);
  if (!Number.isInteger(version) || version < 1) {
    throw new TypeError(`The heard event ${name} has version ${version}: write the one that its publisher declares.`);
  }
  refuseUnwirable(data, `Data of the heard event ${name}`);
  return Object.freeze({
    id: `${name}.v${version}`,
    module: name.slice(0, name.indexOf('.')),
    name: camelCase(name.slice(name.lastIndexOf('.') + 1)),
    version,
    data: data as z.ZodType<z.output<Data>>,
    key: () => '',
    heard: true as const,
  });
}

/** Whether a consumer declared the event for itself. */
export function isHeardEvent(event: EventType): event is HeardEvent {
  return 'heard' in event;
}
