import type { Suite } from '../harness/comparison.js';
import { checkout } from './checkout/checkout.js';
import { checkoutRemote } from './checkout-remote/checkout-remote.js';
import { eventJetstream } from './event-jetstream/event-jetstream.js';
import { eventBacklog } from './events/backlog/event-backlog.js';
import { eventLatency } from './events/latency/event-latency.js';
import { eventThroughput } from './events/throughput/event-throughput.js';
import { loopback } from './loopback.js';
import { portCall } from './port-call.js';
import { rpcLatency } from './rpc/rpc-latency.js';
import { rpcThroughput } from './rpc/rpc-throughput.js';
import { boot } from './start-up/boot.js';
import { memory } from './start-up/memory.js';
import { telemetry } from './telemetry.js';
import { verify } from './verify/verify.js';
import { workflow } from './workflow/workflow.js';

export const ALL_SUITES: readonly Suite[] = [
  portCall,
  loopback,
  telemetry,
  checkout,
  workflow,
  eventLatency,
  eventThroughput,
  eventBacklog,
  eventJetstream,
  rpcLatency,
  rpcThroughput,
  checkoutRemote,
  boot,
  memory,
  verify,
];
