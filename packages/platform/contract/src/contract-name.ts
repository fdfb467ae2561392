const CONTRACT = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)?$/;
const EVENT = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*){1,2}$/;
const MEMBER = /^[a-z][a-zA-Z0-9]*$/;
const PERMISSION = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** Methods that somebody calls without being asked: `await`, JSON, Nest, Jest. */
const CALLED_BY_OTHERS = new Set([
  'then',
  'catch',
  'finally',
  'toJSON',
  'inspect',
  'asymmetricMatch',
  'onModuleInit',
  'onModuleDestroy',
  'onApplicationBootstrap',
  'onApplicationShutdown',
  'beforeApplicationShutdown',
]);

/** @throws TypeError for a name that is not `catalog` or, for a private port, `orders.order-book` */
export function refuseContractName(name: string): void {
  if (CONTRACT.test(name)) return;
  throw new TypeError(
    `'${name}' is no contract name: write the module in kebab-case, as in catalog, ` +
      'and for a private port module and port, as in orders.order-book.',
  );
}

/** @throws TypeError for a version that is not semantic (https://semver.org) */
export function refuseContractVersion(contract: string, version: string): void {
  if (VERSION.test(version)) return;
  throw new TypeError(`Contract '${contract}' has version '${version}': write a semantic version, as in 1.0.0.`);
}

/** @throws TypeError for a name that is no camelCase identifier, or that means something to JavaScript, Nest or Jest */
export function refuseOperationName(contract: string, name: string): void {
  refuseMemberName(contract, name);
  if (name in Object.prototype || CALLED_BY_OTHERS.has(name)) {
    throw new TypeError(
      `${contract}.${name}: every object may be asked for '${name}' by JavaScript, Nest or Jest, so an operation cannot be called that. Choose another name.`,
    );
  }
}

/** @throws TypeError for a name that is no camelCase identifier */
export function refuseMemberName(contract: string, name: string): void {
  if (MEMBER.test(name) || name in Object.prototype) return;
  throw new TypeError(`${contract}.${name}: write the name in camelCase, letters and digits only.`);
}

/** @throws TypeError for what is no permission of that module, as in `inventory.receive` */
export function refusePermissionName(operation: string, module: string, permission: string): void {
  const [first, word = '', ...rest] = permission.split('.');
  if (first === module && PERMISSION.test(word) && rest.length === 0) return;
  throw new TypeError(
    `${operation} asks for the permission '${permission}': name a permission of its own module, ` +
      `the module and one word in kebab-case, as in ${module}.read.`,
  );
}

/** `priceChanged` → `price-changed` */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `price-changed` → `priceChanged` */
export function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** @throws TypeError for what is no stable name of an event, as in `catalog.price-changed` */
export function refuseEventName(name: string): void {
  if (EVENT.test(name)) return;
  throw new TypeError(
    `'${name}' is no event's name: write module and event in kebab-case and leave out the version, as in catalog.price-changed.`,
  );
}
