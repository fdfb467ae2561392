/** A collector of traces and figures for tests, which keeps what processes tell it. */
export { Collector } from './collector.ts';
export { attributesOf, KINDS, type ReceivedSpan } from './received-span.ts';
