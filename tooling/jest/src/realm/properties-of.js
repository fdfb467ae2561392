/** The own properties that an object has now. */
export class PropertiesOf {
  #object;
  #properties = new Map();

  constructor(object) {
    this.#object = object;
    for (const name of Reflect.ownKeys(object)) this.keep(name);
  }

  /** Remembers a property as it is now. */
  keep(name) {
    this.#properties.set(name, Object.getOwnPropertyDescriptor(this.#object, name));
  }

  /** Takes away what was added and puts back what was changed or removed, except what the object does not allow. */
  restore() {
    for (const name of Reflect.ownKeys(this.#object)) {
      if (!this.#properties.has(name)) Reflect.deleteProperty(this.#object, name);
    }
    for (const [name, property] of this.#properties) {
      const now = Object.getOwnPropertyDescriptor(this.#object, name);
      const isSame = now !== undefined && now.value === property.value && now.get === property.get;
      if (!isSame) Reflect.defineProperty(this.#object, name, property);
    }
  }
}
