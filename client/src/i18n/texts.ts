/** The same keys as the Vietnamese texts, each with a sentence of its own: a missing or surplus one doesn't compile. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
