import { Figure } from './figure.js';

/** How often something happened since the process started. */
export class Count {
  value = 0;

  add(): void {
    this.value += 1;
  }
}

export class Counter extends Figure<Count> {
  protected override empty(): Count {
    return new Count();
  }
}
