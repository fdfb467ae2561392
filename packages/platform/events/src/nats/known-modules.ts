import type { AnyPort } from '@macrolith/contract';
import { InstalledModules, PortRegistry } from '@macrolith/core';
import { Injectable } from '@nestjs/common';
import { SubscriptionRegistry } from '../subscription/subscription-registry.js';
import type { KnownModule } from './story-wire.js';

/** The modules that this process has anything to do with: installed ones, those that they call, and those that they hear. */
@Injectable()
export class KnownModules {
  constructor(
    private readonly installed: InstalledModules,
    private readonly ports: PortRegistry,
    private readonly subscriptions: SubscriptionRegistry,
  ) {}

  get all(): readonly KnownModule[] {
    const ports = this.installed.all.flatMap(({ manifest }) => [manifest.port, ...manifest.uses]);
    const heard = this.subscriptions.all.map(({ eventName }) => ({
      name: eventName.split('.', 1)[0]!,
      publishes: true,
    }));
    return [...new Map([...heard, ...ports.map(known)].map((module) => [module.name, module])).values()];
  }

  /** The modules whose logs are in this process, and that others may ask. */
  get here(): readonly string[] {
    return this.installed.all
      .filter(({ isRemote, manifest }) => !isRemote && !manifest.isOfItsProcess)
      .map(({ manifest }) => manifest.name);
  }

  /** Whether it runs in another process; what stands in for it in this one counts as here. */
  isElsewhere(name: string): boolean {
    const binding = this.ports.bindingOf(name);
    return binding === undefined || binding.kind === 'remote';
  }
}

function known({ contract }: AnyPort): KnownModule {
  return { name: contract.name, publishes: Object.keys(contract.events).length > 0 };
}
