/** What the service API of NATS asks every service (https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md). */
export const SERVICE_VERBS = ['PING', 'INFO', 'STATS'] as const;
export type ServiceVerb = (typeof SERVICE_VERBS)[number];

/** Where services are asked: all of them, those of one module, or a single one by its id: `$SRV.PING.catalog`. */
export function serviceSubject(verb: ServiceVerb, module?: string, id?: string): string {
  return ['$SRV', verb, module, id].filter((part) => part !== undefined).join('.');
}

/** Everything by which the services of a module are asked, whatever their ids. */
export function serviceSubjectsOf(module: string): string[] {
  return SERVICE_VERBS.flatMap((verb) => [
    serviceSubject(verb),
    serviceSubject(verb, module),
    serviceSubject(verb, module, '*'),
  ]);
}
