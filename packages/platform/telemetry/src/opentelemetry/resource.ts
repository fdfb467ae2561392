import { randomUUID } from 'node:crypto';
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';

/** Who it is that tells: the process by its name, itself among those of its name, and what `OTEL_RESOURCE_ATTRIBUTES` adds. */
export function resourceOf(service: string): Resource {
  const own = resourceFromAttributes({ 'service.name': service, 'service.instance.id': randomUUID() });
  return defaultResource()
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector] }))
    .merge(own);
}
