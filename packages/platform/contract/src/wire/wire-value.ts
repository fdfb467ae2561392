/** Plain JSON data: what crosses a wire. */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue };
