import './product.entity.js';

export function describeProduct(name: string): string {
  return name;
}
