import { eventNameOf } from '../subscription/event-name.js';
import { percentDecoded, percentEncoded } from './percent-encoding.js';
import { UnreadableMessage } from './unreadable-message.js';

/** An event as it travels. The names are those that the logs have. */
export interface CloudEvent {
  readonly id: string;
  /** `/orders` */
  readonly source: string;
  /** `orders.order-placed.v1` */
  readonly type: string;
  /** Undefined where the publisher told none. */
  readonly time: Date | undefined;
  /** The attribute `partitionkey`. */
  readonly key: string;
  readonly data: unknown;
  readonly traceparent: string | undefined;
  readonly tracestate?: string | undefined;
  readonly correlationId: string;
  readonly causationId: string | undefined;
}

/** What a message of NATS consists of. */
export interface NatsMessage {
  /** Names and values; a name may come again. */
  readonly headers: Iterable<readonly [name: string, values: readonly string[]]>;
  readonly payload: Uint8Array;
}

const SPEC_VERSION = '1.0';
const JSON_TYPE = 'application/json';

/**
 * An event in binary mode: each attribute is a header, the data is the message
 * (https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/nats-protocol-binding.md, section 3.1). Besides those of
 * the core there are the attributes of the documented extensions for partitioning, distributed tracing, correlation
 * (`correlationid`, `causationid`) and sequence: the event's place in its publisher's log, at a fixed length.
 */
export function toNats(event: CloudEvent & { readonly position: string }): NatsMessage {
  const attributes: Record<string, string | undefined> = {
    specversion: SPEC_VERSION,
    id: event.id,
    source: event.source,
    type: event.type,
    time: event.time?.toISOString(),
    datacontenttype: JSON_TYPE,
    partitionkey: event.key,
    traceparent: event.traceparent,
    tracestate: event.tracestate,
    correlationid: event.correlationId,
    causationid: event.causationId,
    sequence: event.position.padStart(SEQUENCE_LENGTH, '0'),
  };
  const headers = Object.entries(attributes).flatMap(([name, value]) =>
    // An attribute is never empty; one that is not there has no header.
    value === undefined || value === '' ? [] : [[`${PREFIX}${name}`, [percentEncoded(value)]] as const],
  );
  return { headers, payload: ENCODER.encode(JSON.stringify(event.data)) };
}

/**
 * Reads an event, in binary or in structured mode.
 *
 * @param subjectsType the type that the message's subject names. A user of NATS has rights to subjects: what calls itself something else
 * in its headers may be of anybody
 * @throws UnreadableMessage
 */
export function fromNats(message: NatsMessage, subjectsType: string): CloudEvent {
  const { attributes, data } = isStructured(message) ? structured(message.payload) : binary(message);
  const required = (name: string): string => {
    const value = attributes.get(name);
    if (value === undefined || value === '') throw new UnreadableMessage(`it has no '${name}'`);
    return value;
  };
  if (required('specversion') !== SPEC_VERSION)
    throw new UnreadableMessage(`its specversion is ${attributes.get('specversion')}`);
  const id = uuid('id', required('id'));
  const type = eventType(required('type'));
  if (type !== subjectsType)
    throw new UnreadableMessage(`its 'type' is ${type}, and it is on the subject of ${subjectsType}`);
  const causation = attributes.get('causationid');
  return {
    id,
    source: required('source'),
    type,
    time: time(attributes.get('time')),
    key: attributes.get('partitionkey') ?? id,
    data,
    traceparent: attributes.get('traceparent'),
    tracestate: attributes.get('tracestate'),
    correlationId: attributes.get('correlationid') ?? id,
    causationId: causation === undefined ? undefined : uuid('causationid', causation),
  };
}

interface Parts {
  readonly attributes: ReadonlyMap<string, string>;
  readonly data: unknown;
}

function isStructured({ headers }: NatsMessage): boolean {
  const contentType = [...headers].find(([name]) => name.toLowerCase() === 'content-type')?.[1][0];
  return contentType?.toLowerCase().startsWith('application/cloudevents') ?? false;
}

function binary({ headers, payload }: NatsMessage): Parts {
  const attributes = new Map<string, string>();
  for (const [name, [value]] of headers) {
    const lowerCase = name.toLowerCase();
    if (!lowerCase.startsWith(PREFIX) || value === undefined) continue;
    attributes.set(lowerCase.slice(PREFIX.length), decoded(name, value));
  }
  const contentType = attributes.get('datacontenttype') ?? JSON_TYPE;
  if (!JSON_TYPES.test(contentType)) throw new UnreadableMessage(`its data is ${contentType}, not JSON`);
  return { attributes, data: json(payload) };
}

function structured(payload: Uint8Array): Parts {
  const event = json(payload);
  if (typeof event !== 'object' || event === null) throw new UnreadableMessage('its JSON is no object');
  const { data, ...attributes } = event as Record<string, unknown>;
  if ('data_base64' in attributes) throw new UnreadableMessage('its data is binary, not JSON');
  return { attributes: new Map(Object.entries(attributes).map(([name, value]) => [name, String(value)])), data };
}

function decoded(name: string, value: string): string {
  try {
    return percentDecoded(value);
  } catch (cause) {
    throw new UnreadableMessage(`the header ${name} is not percent-encoded UTF-8`, { cause });
  }
}

function json(payload: Uint8Array): unknown {
  try {
    return payload.length === 0 ? null : JSON.parse(DECODER.decode(payload));
  } catch (cause) {
    throw new UnreadableMessage(`its JSON cannot be read (${(cause as Error).message})`, { cause });
  }
}

function eventType(type: string): string {
  try {
    eventNameOf(type);
    return type;
  } catch (cause) {
    throw new UnreadableMessage((cause as Error).message.replace(/\.$/, ''), { cause });
  }
}

function uuid(name: string, value: string): string {
  if (!UUID.test(value)) throw new UnreadableMessage(`its '${name}' is ${value}, which is no UUID`);
  return value.toLowerCase();
}

function time(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const parsed = new Date(text);
  if (Number.isNaN(parsed.getTime())) throw new UnreadableMessage(`its 'time' is ${text}`);
  return parsed;
}

const PREFIX = 'ce-';
const SEQUENCE_LENGTH = 19;
const JSON_TYPES = /^(application|text)\/([^;]*\+)?json\s*(;|$)/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('utf-8', { fatal: true });
