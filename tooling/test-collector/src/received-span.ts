/** A span as a collector gets it (opentelemetry/proto/trace/v1/trace.proto, in JSON), and of which service. */
export interface ReceivedSpan {
  /** The `service.name` of whoever sent it. */
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Attributes;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly events?: readonly unknown[];
}

export type Attributes = readonly { readonly key: string; readonly value: Record<string, string | number> }[];

/** Kinds of spans by their numbers in the protocol. */
export const KINDS = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;

/** Attributes by their keys, whatever type the protocol says they are of. */
export function attributesOf({ attributes }: { readonly attributes: Attributes }): Record<string, string | number> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]!]));
}
