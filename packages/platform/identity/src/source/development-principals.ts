import { EVERY_PERMISSION, type Identity, PlatformError, PrincipalSource } from '@macrolith/core';

/** A process that runs in production would take everybody for its developer. */
export class DevelopmentPrincipalsInProduction extends PlatformError {
  readonly code = 'macrolith.development-principals-in-production';
  constructor() {
    super(
      'Every request would come from the developer, who may do everything, and NODE_ENV is production. ' +
        'Say who issues bearer tokens (BEARER_ISSUER and its relatives), or set PRINCIPALS=none: then nobody is known, and what asks for a permission is refused.',
    );
  }
}

const DEVELOPER: Identity = Object.freeze({
  principal: Object.freeze({ id: 'developer', permissions: Object.freeze([EVERY_PERMISSION]) }),
});

/** Takes everybody for the developer, who may do everything: for a machine that nobody else reaches. */
export class DevelopmentPrincipals extends PrincipalSource {
  /** @throws DevelopmentPrincipalsInProduction when `NODE_ENV` is `production` */
  constructor(environment: Readonly<Record<string, string | undefined>> = process.env) {
    super();
    if (environment.NODE_ENV === 'production') throw new DevelopmentPrincipalsInProduction();
  }

  override async identify(): Promise<Identity> {
    return DEVELOPER;
  }
}
